package dev.tracerl.trainer.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.TrainerStates;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.support.LocalLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.junit.jupiter.api.Test;

class TrainerStatesIT {

    private static final int CHUNK_BYTES = 400;

    private final LocalLog log = LocalLog.shared();

    @Test
    void theNewestStatesAreKeptAndReadBack() {
        // Given
        RunTopics topics = log.createRun("states");
        TrainerStates states = new TrainerStates(log.connection(), log.serdes());
        try (TrainerLog trainer = open("states")) {
            trainer.fence();
            trainer.publish(state(10));
            trainer.publish(state(20));
        }

        // When
        try (TrainerLog next = open("states")) {
            next.fence();
            next.publish(state(30));
        }

        // Then
        NavigableMap<Long, TrainerStateManifest> kept = states.of("states");
        assertThat(kept).containsOnlyKeys(20L, 30L);
        assertThat(checksums(states.read(kept.get(20L))))
                .isEqualTo(checksums(state(20).files()));
        assertThat(checksums(states.read(kept.get(30L))))
                .isEqualTo(checksums(state(30).files()));
        assertThat(tombstones(topics.trainerStateChunks())).containsExactly("10-0", "10-1", "10-2", "10-3", "10-4");
        TrainerStateManifest damaged =
                TrainerStateManifest.newBuilder(kept.get(30L)).build();
        damaged.getFiles().get(1).setSha256("0");
        assertThatThrownBy(() -> states.read(damaged))
                .isInstanceOf(CorruptWeightsException.class)
                .hasMessageStartingWith("trainer state states@30, state.json: sha256 is");
    }

    @Test
    void theStateThatARunBeganWithStays() {
        // Given
        log.createRun("inherited");

        // When
        try (TrainerLog trainer = open("inherited")) {
            trainer.fence();
            for (long step = 0; step < 5; step++) {
                trainer.publish(state(step));
            }
        }

        // Then
        TrainerStates states = new TrainerStates(log.connection(), log.serdes());
        assertThat(states.of("inherited")).containsOnlyKeys(0L, 3L, 4L);
        assertThat(checksums(states.read(states.at("inherited", 0)))).isEqualTo(checksums(state(0).files()));
        assertThatThrownBy(() -> states.at("inherited", 2))
                .isInstanceOf(MissingWeightsException.class)
                .hasMessage("run inherited has no trainer state at version 2; it has those of versions [0, 3, 4]: its"
                        + " weight plan leaves one every stateEverySteps steps and keeps the newest keepStates");
    }

    @Test
    void placesInARestoredLogAreNotThoseOfItsStates() {
        // Given
        RunTopics topics = log.createRun("restored");
        try (TrainerLog trainer = open("restored")) {
            trainer.fence();
            trainer.publish(state(10));
        }
        TrainerStateManifest manifest = log.read(topics.trainerStates()).get(0);

        // When
        log.restore(topics.trainerStates(), "10", manifest, 5);

        // Then
        try (TrainerLog next = open("restored")) {
            assertThat(next.fence().states()).isEmpty();
        }
    }

    @Test
    void aRunWithoutStateTopicsGetsThem() {
        // Given
        TrainerStates states = new TrainerStates(log.connection(), log.serdes());
        log.createRun("older", topic -> !topic.name().contains("trainer-state"));
        assertThat(states.of("older")).isEmpty();

        // When
        try (TrainerLog trainer = open("older")) {
            trainer.fence();
            trainer.publish(state(1));
        }

        // Then
        assertThat(states.of("older")).containsOnlyKeys(1L);
    }

    private static StateFiles state(long step) {
        Map<String, WeightBytes> files = new LinkedHashMap<>();
        files.put("parameters.safetensors", WeightBytes.of(bytes(step)));
        files.put("state.json", WeightBytes.of(new byte[] {(byte) step}));
        files.put("optimizer.bin", WeightBytes.NONE);
        return new StateFiles(step, step, step, files);
    }

    private TrainerLog open(String runId) {
        WeightPlan plan = WeightPlan.newBuilder()
                .setChunkBytes(CHUNK_BYTES)
                .setKeepStates(2)
                .build();
        return new KafkaTrainerLog(
                log.connection(), log.serdes(), new LogSettings(runId, runId, plan, 0), Clock.systemUTC());
    }

    private static Map<String, String> checksums(Map<String, WeightBytes> files) {
        Map<String, String> checksums = new LinkedHashMap<>();
        files.forEach((name, bytes) -> checksums.put(name, bytes.sha256()));
        return checksums;
    }

    private static byte[] bytes(long step) {
        byte[] bytes = new byte[1000];
        Arrays.fill(bytes, (byte) step);
        return bytes;
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
}
