package dev.tracerl.trainer.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.out.Outcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointStoreTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(5), ZoneOffset.UTC);

    @TempDir
    Path temporary;

    private Path directory;
    private CheckpointStore store;

    @BeforeEach
    void createStore() {
        directory = temporary.resolve("run");
        store = CrashingDisk.store(directory);
    }

    @Test
    void aNewStoreIsEmpty() {
        assertThat(new CheckpointStore(directory).newest()).isEmpty();
    }

    @Test
    void readsBackWhatWasWritten() {
        // Given
        Checkpoint written = checkpoint(7);

        // When
        new CheckpointStore(directory).write(written);

        // Then
        Checkpoint read = new CheckpointStore(directory).newest().orElseThrow();
        assertThat(read.state()).isEqualTo(written.state());
        assertThat(read.outputs()).isEqualTo(written.outputs());
        assertThat(read.tensors().parameters().sha256())
                .isEqualTo(written.tensors().parameters().sha256());
        assertThat(read.tensors().optimizer().sha256())
                .isEqualTo(written.tensors().optimizer().sha256());
    }

    @Test
    void readsBackAValueModel() {
        // Given
        Checkpoint plain = checkpoint(7);
        Tensors tensors = plain.tensors().with(Optional.of(new ValueTensors(bytes(5), bytes(6, 7))));

        // When
        new CheckpointStore(directory).write(new Checkpoint(plain.state(), tensors, plain.outputs()));

        // Then
        ValueTensors value = new CheckpointStore(directory)
                .newest()
                .orElseThrow()
                .tensors()
                .value()
                .orElseThrow();
        assertThat(value.parameters().toArray()).containsExactly(5);
        assertThat(value.optimizer().toArray()).containsExactly(6, 7);
    }

    @Test
    void aMissingValueModelMakesTheCheckpointBeforeItTheNewest() throws IOException {
        // Given
        Checkpoint second = checkpoint(2);
        Tensors tensors = second.tensors().with(Optional.of(new ValueTensors(bytes(5), bytes(6, 7))));
        store.write(checkpoint(1));
        store.write(new Checkpoint(second.state(), tensors, second.outputs()));
        Files.delete(directory.resolve("step-000002").resolve("value.safetensors"));
        Files.delete(directory.resolve("step-000002").resolve("value-optimizer.bin"));

        // When
        long newest = newestStep();

        // Then
        assertThat(newest).isEqualTo(1);
    }

    @Test
    void keepsTheNewestAndTheOneBefore() throws IOException {
        // When
        for (long step : List.of(0L, 1L, 2L, 3L)) {
            store.write(checkpoint(step));
        }

        // Then
        assertThat(names()).containsExactly("step-000002", "step-000003");
        assertThat(newestStep()).isEqualTo(3);
    }

    @Test
    void countsStepsBeyondAMillion() {
        // When
        store.write(checkpoint(999_999));
        store.write(checkpoint(1_000_000));

        // Then
        assertThat(newestStep()).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parameters.safetensors",
                "optimizer.bin",
                "state.json",
                "train-step.avro",
                "group-outcomes.avro",
                "SHA256SUMS"
            })
    void aTruncatedFileMakesTheCheckpointBeforeItTheNewest(String file) throws IOException {
        // Given
        store.write(checkpoint(1));
        store.write(checkpoint(2));
        Path damaged = directory.resolve("step-000002").resolve(file);
        byte[] content = Files.readAllBytes(damaged);
        Files.write(damaged, java.util.Arrays.copyOf(content, content.length - 1));

        // When
        long newest = newestStep();

        // Then
        assertThat(newest).isEqualTo(1);
        assertThat(names()).containsExactly("corrupt-step-000002", "step-000001");
    }

    @Test
    void aFlippedBitIsFound() throws IOException {
        // Given
        store.write(checkpoint(1));
        store.write(checkpoint(2));
        Path damaged = directory.resolve("step-000002").resolve("parameters.safetensors");
        byte[] content = Files.readAllBytes(damaged);
        content[0] ^= 1;
        Files.write(damaged, content);

        // When
        long newest = newestStep();

        // Then
        assertThat(newest).isEqualTo(1);
    }

    @Test
    void aMissingFileIsFound() throws IOException {
        // Given
        store.write(checkpoint(1));
        Files.delete(directory.resolve("step-000001").resolve("optimizer.bin"));

        // When
        Optional<Checkpoint> newest = store.newest();

        // Then
        assertThat(newest).isEmpty();
    }

    @Test
    void aDraftIsNoCheckpoint() throws IOException {
        // Given
        store.write(checkpoint(1));
        Files.createDirectory(directory.resolve("draft"));

        // When
        store.write(checkpoint(2));

        // Then
        assertThat(names()).containsExactly("step-000001", "step-000002");
    }

    @Test
    void theStepAfterACorruptOneCanBeWrittenAgain() throws IOException {
        // Given
        store.write(checkpoint(1));
        store.write(checkpoint(2));
        Files.delete(directory.resolve("step-000002").resolve("state.json"));
        long newest = newestStep();

        // When
        store.write(checkpoint(newest + 1));

        // Then
        assertThat(newestStep()).isEqualTo(2);
    }

    private long newestStep() {
        return store.newest().orElseThrow().state().step();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static Checkpoint checkpoint(long step) {
        Position position =
                new Position(new GroupPosition(17, List.of("run-t-000003")), new DemonstrationPosition(2, 5, 44));
        TrainerState state =
                new TrainerState(new RunIdentity("run", 9, 7), step, 3 * step, position, List.of(0L, 4L), 0, 1);
        GroupOutcome outcome = new Outcomes(CLOCK).accepted(TestRecords.group("run", 3, 1), step);
        TrainStep record = TrainStep.newBuilder(TestRecords.step("run", step)).build();
        Outputs outputs = new Outputs(true, Optional.of(record), List.of(outcome));
        return new Checkpoint(state, new Tensors(bytes(1, 2, (int) step), bytes(4)), outputs);
    }

    private static WeightBytes bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return WeightBytes.of(bytes);
    }
}
