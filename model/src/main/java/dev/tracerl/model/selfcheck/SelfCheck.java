package dev.tracerl.model.selfcheck;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.model.torch.TorchUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Compares this build with a folder of reference vectors and toy checkpoints. */
public final class SelfCheck {
    private static final String MODELS = "models";

    private final Network network;
    private final Consumer<Finding> findings;

    private SelfCheck(Network network, Consumer<Finding> findings) {
        this.network = network;
        this.findings = findings;
    }

    /** Makes findings of a file's content. */
    private interface Check {
        List<Finding> of(String file, JsonNode content, Network network);
    }

    private static final Map<String, Check> CHECKS = new TreeMap<>(Map.of(
            "block_sampler.json",
            (file, content, network) -> SamplerCheck.of(file, content),
            "block_tracerl.json",
            LossCheck::block,
            "dream_tracerl.json",
            LossCheck::full,
            "llada_tracerl.json",
            LossCheck::full,
            "shrink_and_zscore.json",
            (file, content, network) -> GroupCheck.of(file, content),
            "value_gae.json",
            (file, content, network) -> ValueCheck.of(file, content)));

    /**
     * Runs every check that the folder has something for.
     *
     * @param device {@code cpu}, {@code cuda} or {@code cuda:1}
     * @param findings is told every finding as soon as there is one
     * @throws SelfCheckException if the folder has nothing to check, a file is unknown, or one is not in its format; or
     *     if the device is not available here
     */
    public static void run(Path folder, String device, Consumer<Finding> findings) {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            throw new SelfCheckException(folder + " holds no reference vectors; known are " + known());
        }
        try (Network network = open(device)) {
            SelfCheck check = new SelfCheck(network, findings);
            files.forEach(check::check);
        }
    }

    /** What this build can check and the folder has nothing for, each with the reason. */
    public static List<String> unchecked(Path folder) {
        List<String> unchecked = new ArrayList<>();
        for (String file : CHECKS.keySet()) {
            if (!Files.exists(folder.resolve(file))) {
                unchecked.add("%s: it is not in %s".formatted(file, folder));
            }
        }
        Path models = folder.resolve(MODELS);
        if (!Files.isDirectory(models) || list(models).isEmpty()) {
            unchecked.add("scores and generations of checkpoints: %s holds none".formatted(models));
        }
        return unchecked;
    }

    private static Network open(String device) {
        try {
            return Network.open(device);
        } catch (TorchUnavailableException | IllegalArgumentException e) {
            throw new SelfCheckException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Vector files and folders of checkpoints by name; refuses what is neither before anything is run. */
    private static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        for (Path entry : list(folder)) {
            String name = entry.getFileName().toString();
            if (name.equals(MODELS) && Files.isDirectory(entry)) {
                files.addAll(list(entry));
            } else if (CHECKS.containsKey(name)) {
                files.add(entry);
            } else if (!name.endsWith(".md")) {
                throw new SelfCheckException(entry + " is unknown to this build; known are " + known());
            }
        }
        return files;
    }

    private static String known() {
        return String.join(", ", CHECKS.keySet()) + " and checkpoints in " + MODELS;
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new SelfCheckException("there is no folder " + folder);
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(Path file) {
        try {
            Check check = CHECKS.get(file.getFileName().toString());
            List<Finding> found = check == null
                    ? CheckpointCheck.of(file, network)
                    : check.of(file.getFileName().toString(), Vectors.read(file), network);
            found.forEach(findings);
        } catch (CheckpointException e) {
            throw new SelfCheckException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException e) {
            throw new SelfCheckException(file + " is not in the format that this build knows: " + e.getMessage(), e);
        }
    }
}
