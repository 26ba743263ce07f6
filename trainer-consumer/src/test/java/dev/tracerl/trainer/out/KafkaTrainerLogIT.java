package dev.tracerl.trainer.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightPin;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.state.Outputs;
import dev.tracerl.trainer.support.CrashPoints;
import dev.tracerl.trainer.support.CrashingProducer;
import dev.tracerl.trainer.support.InjectedCrash;
import dev.tracerl.trainer.support.LocalLog;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class KafkaTrainerLogIT {

    private static final int CHUNK_BYTES = 400;

    private final LocalLog log = LocalLog.shared();

    @Test
    void killedWithinATransactionTheNextTrainerWritesItOnce() {
        // Given
        RunTopics topics = log.createRun("crash");
        long version = 0;
        boolean crashed = true;

        // When
        for (int crash = 0; crashed; crash++) {
            crashed = publishOrCrash("crash", version, new CrashPoints(crash, place -> true));
            try (TrainerLog next = open("crash")) {
                if (!next.fence().has(version)) {
                    next.publish(publication("crash", version, List.of()));
                }
            }
            version++;
        }

        // Then
        assertThat(version)
                .as("one version per place to crash at, and one without")
                .isEqualTo(10);
        assertThat(log.read(topics.trainSteps()))
                .extracting(TrainStep::getStep)
                .doesNotHaveDuplicates()
                .hasSize((int) version - 1);
        assertThat(log.read(topics.groupOutcomes()))
                .extracting(GroupOutcome::getGroupId)
                .doesNotHaveDuplicates()
                .hasSize((int) version - 1);
        List<WeightManifest> manifests = log.read(topics.weightsHistory());
        assertThat(manifests)
                .extracting(WeightManifest::getVersion)
                .doesNotHaveDuplicates()
                .hasSize((int) version);
        manifests.forEach(manifest -> assertThat(read(manifest)).isEqualTo(bytes(manifest.getVersion())));
    }

    @Test
    void aTrainerThatWasReplacedWritesNothing() {
        // Given
        log.createRun("fence");
        try (TrainerLog first = open("fence")) {
            first.fence();
            try (TrainerLog second = open("fence")) {
                second.fence();

                // Then
                assertThatThrownBy(() -> first.publish(publication("fence", 0, List.of())))
                        .isInstanceOf(KafkaException.class);
                second.publish(publication("fence", 0, List.of()));
            }
        }
    }

    @Test
    void droppedVersionsAreGoneAndTheOthersAreNot() {
        // Given
        RunTopics topics = log.createRun("drop");
        try (TrainerLog trainer = open("drop")) {
            trainer.fence();
            trainer.publish(publication("drop", 0, List.of()));
            trainer.publish(publication("drop", 1, List.of()));

            // When
            trainer.publish(publication("drop", 2, List.of(1L)));
        }

        // Then
        List<WeightManifest> manifests = log.read(topics.weightsHistory());
        assertThat(read(manifests.get(0))).isEqualTo(bytes(0));
        assertThat(read(manifests.get(2))).isEqualTo(bytes(2));
        assertThat(tombstones(topics.weightChunks())).containsExactly("1-0", "1-1", "1-2");
    }

    @Test
    void pinnedVersionsAreKeptUntilTheyAreNot() {
        // Given
        RunTopics topics = log.createRun("pin");
        List<List<Long>> dropped = new ArrayList<>();
        try (TrainerLog trainer = open("pin")) {
            trainer.fence();
            trainer.publish(publication("pin", 0, List.of()));
            trainer.publish(publication("pin", 1, List.of()));
            log.send(topics.weightPins(), "1", new WeightPin("pin", 1L, true, Instant.EPOCH));

            // When
            dropped.add(trainer.publish(publication("pin", 2, List.of(1L))));
            log.send(topics.weightPins(), "1", new WeightPin("pin", 1L, false, Instant.EPOCH));
            dropped.add(trainer.publish(publication("pin", 3, List.of(1L, 2L))));
        }

        // Then
        assertThat(dropped).containsExactly(List.of(), List.of(1L, 2L));
        assertThat(tombstones(topics.weightChunks())).startsWith("1-0", "1-1", "1-2");
    }

    @Test
    void runsWithoutATopicOfPinsGetOne() throws Exception {
        // Given
        RunTopics topics = log.createRun("old");
        try (Admin admin = Admin.create(log.connection().clientSettings())) {
            admin.deleteTopics(List.of(topics.weightPins().name())).all().get();
        }
        List<Long> dropped = new ArrayList<>();

        // When
        try (TrainerLog trainer = open("old")) {
            trainer.fence();
            trainer.publish(publication("old", 0, List.of()));
            trainer.publish(publication("old", 1, List.of()));
            dropped.addAll(trainer.publish(publication("old", 2, List.of(1L))));
        }

        // Then
        assertThat(dropped).containsExactly(1L);
        assertThat(log.read(topics.weightPins())).isEmpty();
    }

    private List<String> tombstones(Topic<?> topic) {
        List<String> keys = new ArrayList<>();
        TopicReader.each(log.connection(), log.serdes(), topic, (key, value) -> {
            if (value.isEmpty()) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** True if it crashed. */
    private boolean publishOrCrash(String runId, long version, CrashPoints points) {
        Producer<String, SpecificRecord> producer =
                CrashingProducer.of(Producers.transactional(log.connection(), log.serdes(), settings(runId)), points);
        try (TrainerLog first =
                new KafkaTrainerLog(log.connection(), log.serdes(), settings(runId), producer, Clock.systemUTC())) {
            first.fence();
            first.publish(publication(runId, version, List.of()));
            return false;
        } catch (InjectedCrash crash) {
            return true;
        }
    }

    private TrainerLog open(String runId) {
        return new KafkaTrainerLog(log.connection(), log.serdes(), settings(runId), Clock.systemUTC());
    }

    private static Publication publication(String runId, long version, List<Long> dropped) {
        Outputs outputs = version == 0
                ? Outputs.INITIAL
                : new Outputs(
                        true,
                        Optional.of(TestRecords.step(runId, version)),
                        List.of(new Outcomes(Clock.systemUTC())
                                .accepted(TestRecords.group(runId, version, 0), version - 1)));
        return new Publication(
                version, outputs, WeightBytes.of(bytes(version)), OptionalLong.empty(), dropped, Optional.empty());
    }

    private static LogSettings settings(String runId) {
        return new LogSettings(
                runId, runId, WeightPlan.newBuilder().setChunkBytes(CHUNK_BYTES).build(), 0);
    }

    private static byte[] bytes(long version) {
        byte[] bytes = new byte[1000];
        Arrays.fill(bytes, (byte) version);
        return bytes;
    }

    private byte[] read(WeightManifest manifest) {
        try (WeightReader reader = new StoredWeights(log.connection(), log.serdes());
                WeightBytes bytes = reader.read(manifest)) {
            return bytes.toArray();
        }
    }
}
