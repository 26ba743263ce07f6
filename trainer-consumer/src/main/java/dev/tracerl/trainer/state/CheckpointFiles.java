package dev.tracerl.trainer.state;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.weights.WeightBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files of a checkpoint directory, and of a trainer state on the log:
 *
 * <pre>
 *   parameters.safetensors   the weights, or adapters of version 0, which is on the log
 *   optimizer.bin            moments of the optimizer
 *   value.safetensors        weights of the value model, if the run has one
 *   value-optimizer.bin      moments of its optimizer
 *   state.json               {@link TrainerState}
 *   train-step.avro          the step's record, none for version 0
 *   group-outcomes.avro      its groups' outcomes
 *   SHA256SUMS               one line per file above, as sha256sum writes it
 * </pre>
 */
public final class CheckpointFiles {

    static final String CHECKSUMS = "SHA256SUMS";

    private static final String PARAMETERS = "parameters.safetensors";
    private static final String OPTIMIZER = "optimizer.bin";
    private static final String VALUE = "value.safetensors";
    private static final String VALUE_OPTIMIZER = "value-optimizer.bin";
    private static final String STATE = "state.json";
    private static final String STEP = "train-step.avro";
    private static final String OUTCOMES = "group-outcomes.avro";
    private static final List<String> NAMES = List.of(PARAMETERS, OPTIMIZER, STATE, STEP, OUTCOMES);
    private static final List<String> VALUE_NAMES = List.of(VALUE, VALUE_OPTIMIZER);
    private static final List<String> TENSORS = List.of(PARAMETERS, OPTIMIZER, VALUE, VALUE_OPTIMIZER);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private CheckpointFiles() {}

    /** Contents by file name, the checksums last. */
    public static Map<String, WeightBytes> encode(Checkpoint checkpoint) {
        try {
            return files(checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be encoded", e);
        }
    }

    private static Map<String, WeightBytes> files(Checkpoint checkpoint) throws IOException {
        Map<String, WeightBytes> files = new LinkedHashMap<>();
        files.put(PARAMETERS, checkpoint.tensors().parameters());
        files.put(OPTIMIZER, checkpoint.tensors().optimizer());
        files.put(
                STATE,
                WeightBytes.of(JSON.writeValueAsBytes(
                        new StateFile(checkpoint.state(), checkpoint.outputs().publish()))));
        files.put(
                STEP,
                WeightBytes.of(AvroFiles.write(
                        TrainStep.getClassSchema(),
                        checkpoint.outputs().step().stream().toList())));
        files.put(
                OUTCOMES,
                WeightBytes.of(AvroFiles.write(
                        GroupOutcome.getClassSchema(), checkpoint.outputs().outcomes())));
        checkpoint.tensors().value().ifPresent(value -> {
            files.put(VALUE, value.parameters());
            files.put(VALUE_OPTIMIZER, value.optimizer());
        });
        files.put(CHECKSUMS, WeightBytes.of(checksums(files)));
        return files;
    }

    /**
     * Reads what {@link #encode} wrote. The checkpoint has the files of its tensors; all others are closed.
     *
     * @throws CorruptCheckpointException if a file is missing or is not what its checksum says
     */
    public static Checkpoint decode(Map<String, WeightBytes> files) {
        try {
            verify(files);
            Checkpoint checkpoint = checkpoint(files);
            files.entrySet().stream()
                    .filter(file -> !TENSORS.contains(file.getKey()))
                    .forEach(file -> file.getValue().close());
            return checkpoint;
        } catch (IOException e) {
            files.values().forEach(WeightBytes::close);
            throw new UncheckedIOException("the checkpoint is complete, but this release cannot read it", e);
        } catch (RuntimeException e) {
            files.values().forEach(WeightBytes::close);
            throw e;
        }
    }

    private static Checkpoint checkpoint(Map<String, WeightBytes> files) throws IOException {
        StateFile state = JSON.readValue(file(files, STATE).toArray(), StateFile.class);
        List<TrainStep> steps =
                AvroFiles.read(TrainStep.class, file(files, STEP).toArray());
        List<GroupOutcome> outcomes =
                AvroFiles.read(GroupOutcome.class, file(files, OUTCOMES).toArray());
        return new Checkpoint(
                state.trainer(),
                new Tensors(file(files, PARAMETERS), file(files, OPTIMIZER), value(files)),
                new Outputs(state.publish(), steps.stream().findFirst(), outcomes));
    }

    private static Optional<ValueTensors> value(Map<String, WeightBytes> files) {
        return files.containsKey(VALUE)
                ? Optional.of(new ValueTensors(file(files, VALUE), file(files, VALUE_OPTIMIZER)))
                : Optional.empty();
    }

    private static byte[] checksums(Map<String, WeightBytes> files) {
        return files.entrySet().stream()
                .map(file -> file.getValue().sha256() + "  " + file.getKey() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void verify(Map<String, WeightBytes> files) {
        Map<String, WeightBytes> contents = new LinkedHashMap<>();
        NAMES.forEach(name -> contents.put(name, file(files, name)));
        VALUE_NAMES.stream().filter(files::containsKey).forEach(name -> contents.put(name, file(files, name)));
        String expected = new String(file(files, CHECKSUMS).toArray(), StandardCharsets.UTF_8);
        String found = new String(checksums(contents), StandardCharsets.UTF_8);
        if (!found.equals(expected)) {
            throw new CorruptCheckpointException("the files are not what " + CHECKSUMS + " says");
        }
    }

    private static WeightBytes file(Map<String, WeightBytes> files, String name) {
        WeightBytes content = files.get(name);
        if (content == null) {
            throw new CorruptCheckpointException(name + " is missing");
        }
        return content;
    }

    /** Content of state.json. */
    record StateFile(TrainerState trainer, boolean publish) {}
}
