package dev.tracerl.trainer.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.Checksum;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.TrainerStates;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import dev.tracerl.trainer.state.Outputs;
import dev.tracerl.trainer.support.LocalLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A trainer that was fenced and does not know it yet, as after a long pause, with its successor in the same weight folder.
 * Kafka keeps it from the log, but nobody keeps it from the folder.
 */
class FencedFolderIT {

    private static final int SIZE = 2_500_000; // more than is written at a time

    private final LocalLog log = LocalLog.shared();

    @TempDir
    private Path folder;

    @Test
    void otherBytesOfTheSameVersionGoWhereNobodyLooks() throws IOException {
        // Given
        RunTopics topics = log.createRun("fenced-other");
        try (TrainerLog fenced = open("fenced-other");
                TrainerLog successor = open("fenced-other")) {
            begin(fenced);
            successor.fence();
            successor.publish(step(2, WeightBytes.of(bytes(2)), List.of()));

            // When
            refused(() -> fenced.publish(step(2, WeightBytes.of(bytes(99)), List.of(0L, 1L))));
        }

        // Then
        assertThat(log.read(topics.weightsHistory()))
                .extracting(this::read)
                .containsExactly(sha256(0), sha256(1), sha256(2));
        TrainerStates states = new TrainerStates(connection(), log.serdes());
        assertThat(states.of("fenced-other").values()).extracting(this::read).containsExactly(sha256(1), sha256(2));
        try (Stream<Path> written = Files.list(folder.resolve("fenced-other-0/weights"))) {
            assertThat(written)
                    .as("what the fenced trainer wrote is beside the rest")
                    .hasSize(4);
        }
    }

    @Test
    void aFileThatIsBeingWrittenWhileTheSuccessorPublishesTheSameIsTheSame() {
        // Given: training again gives the same bytes, and so the same name
        RunTopics topics = log.createRun("fenced-same");
        try (TrainerLog fenced = open("fenced-same");
                TrainerLog successor = open("fenced-same")) {
            begin(fenced);
            AtomicBoolean pause = new AtomicBoolean();
            byte[] same = bytes(2);
            WeightBytes paused = WeightBytes.of(SIZE, (position, target) -> {
                if (position > 0 && pause.getAndSet(false)) {
                    successor.fence();
                    successor.publish(step(2, WeightBytes.of(same), List.of()));
                }
                target.put(same, (int) position, target.remaining());
            });
            assertThat(paused.sha256()).isEqualTo(sha256(2));
            pause.set(true);

            // When
            refused(() -> fenced.publish(step(2, paused, List.of(0L, 1L))));
            successor.publish(step(3, WeightBytes.of(bytes(3)), List.of(0L)));
        }

        // Then
        List<WeightManifest> manifests = log.read(topics.weightsHistory());
        assertThat(manifests).hasSize(4);
        assertThat(manifests.subList(1, 4)).extracting(this::read).containsExactly(sha256(1), sha256(2), sha256(3));
        assertThat(folder.resolve(manifests.get(0).getLocation())).doesNotExist();
    }

    /** Two versions and a state. */
    private static void begin(TrainerLog trainer) {
        trainer.fence();
        trainer.publish(step(0, WeightBytes.of(bytes(0)), List.of()));
        trainer.publish(step(1, WeightBytes.of(bytes(1)), List.of()));
    }

    /** A version and, but for version 0, a state of the same bytes. */
    private static Publication step(long version, WeightBytes bytes, List<Long> dropped) {
        Optional<StateFiles> state = version == 0
                ? Optional.empty()
                : Optional.of(new StateFiles(version, version, version, Map.of("optimizer.bin", bytes)));
        Outputs outputs = new Outputs(true, Optional.empty(), List.of());
        return new Publication(version, outputs, bytes, OptionalLong.empty(), dropped, state);
    }

    private static void refused(ThrowingCallable publish) {
        assertThatThrownBy(publish)
                .isInstanceOf(KafkaException.class)
                .rootCause()
                .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
    }

    private String read(WeightManifest manifest) {
        try (WeightReader reader = new StoredWeights(connection(), log.serdes());
                WeightBytes bytes = reader.read(manifest)) {
            return bytes.sha256();
        }
    }

    private String read(TrainerStateManifest manifest) {
        Map<String, WeightBytes> files = new TrainerStates(connection(), log.serdes()).read(manifest);
        try (WeightBytes bytes = files.get("optimizer.bin")) {
            return bytes.sha256();
        }
    }

    private Connection connection() {
        return log.connection().with(Optional.of(folder));
    }

    private TrainerLog open(String runId) {
        WeightPlan plan = WeightPlan.newBuilder()
                .setStore(StoreKind.FILE)
                .setKeepStates(2)
                .build();
        return new KafkaTrainerLog(
                connection(), log.serdes(), new LogSettings(runId, runId + "-0", plan, 0), Clock.systemUTC());
    }

    private static String sha256(long version) {
        return Checksum.sha256(bytes(version));
    }

    private static byte[] bytes(long version) {
        byte[] bytes = new byte[SIZE];
        new Random(version).nextBytes(bytes);
        return bytes;
    }
}
