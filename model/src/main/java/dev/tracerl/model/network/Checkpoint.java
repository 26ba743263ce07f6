package dev.tracerl.model.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.model.safetensors.CheckpointFolder;
import dev.tracerl.model.safetensors.CheckpointFolderWriter;
import dev.tracerl.model.safetensors.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders in the layout of Hugging Face: {@code config.json} and the weights as safetensors. */
public final class Checkpoint {
    /** Size of a shard that Python's libraries write by default. */
    public static final long SHARD_BYTES = 5_000_000_000L;

    private static final String CONFIG = "config.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Checkpoint() {}

    /**
     * The configuration of a folder.
     *
     * @throws CheckpointException if there is none, or one that is not supported
     */
    public static ModelConfig config(Path folder) {
        Path file = folder.resolve(CONFIG);
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException("there is no " + file);
        }
        try {
            return ModelConfig.fromJson(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The weights of a folder for a configuration.
     *
     * @throws CheckpointException if they are not there, damaged, or of another configuration; nothing was loaded then
     */
    public static Parameters read(Path folder, ModelConfig config) {
        try (CheckpointFolder tensors = CheckpointFolder.open(folder)) {
            if (Files.isRegularFile(folder.resolve(CONFIG))) {
                requireSame(folder, config(folder), config);
            }
            return Parameters.read(tensors, "", config);
        }
    }

    /** Tensors may fit where the numbers beside them do not. */
    private static void requireSame(Path folder, ModelConfig found, ModelConfig expected) {
        requireSame(folder, "family", found.family(), expected.family());
        requireSame(folder, "number of attention heads", found.heads(), expected.heads());
        requireSame(folder, "rms_norm_eps", found.normEpsilon(), expected.normEpsilon());
        requireSame(folder, "rope_theta", found.ropeTheta(), expected.ropeTheta());
        requireSame(folder, "mask_token_id", found.maskTokenId(), expected.maskTokenId());
    }

    private static void requireSame(Path folder, String what, Object found, Object expected) {
        if (!found.equals(expected)) {
            throw new CheckpointException(
                    folder.resolve(CONFIG) + ": " + what + " is " + found + "; expected " + expected);
        }
    }

    /**
     * Writes a folder that Python's libraries load.
     *
     * @param configJson the {@code config.json}, which is written as it is but for its {@code torch_dtype}
     * @param shardBytes largest size of a file, see {@link #SHARD_BYTES}
     * @throws CheckpointException if the folder holds weights already
     */
    public static void write(Path folder, String configJson, Parameters parameters, ElementType type, long shardBytes) {
        if (!ModelConfig.fromJson(configJson).equals(parameters.config())) {
            throw new IllegalArgumentException("the config.json is not that of the parameters");
        }
        try {
            new CheckpointFolderWriter(folder, type, shardBytes).write(parameters.tensors());
            ObjectNode json = (ObjectNode) JSON.readTree(configJson);
            json.put("torch_dtype", type.torchName());
            Files.writeString(folder.resolve(CONFIG), json.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be written to " + folder, e);
        }
    }
}
