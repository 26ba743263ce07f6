package dev.tracerl.trainer.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightPin;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.TrainerStates;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import dev.tracerl.trainer.state.Outputs;
import dev.tracerl.trainer.support.LocalLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreIT {

    private static final int SIZE = 3_000_000;

    private final LocalLog log = LocalLog.shared();

    @TempDir
    private Path folder;

    @Test
    void versionsAreFilesThatTheirManifestsName() {
        // Given
        RunTopics topics = log.createRun("files");

        // When
        try (TrainerLog trainer = open("files")) {
            trainer.fence();
            trainer.publish(publication(0, List.of()));
            trainer.publish(publication(1, List.of()));
        }

        // Then
        List<WeightManifest> manifests = log.read(topics.weightsHistory());
        assertThat(manifests).extracting(WeightManifest::getStore).containsOnly(StoreKind.FILE);
        WeightManifest second = manifests.get(1);
        assertThat(second.getLocation())
                .isEqualTo("files-0/weights/000001-" + second.getSha256().substring(0, 12) + "/model.safetensors");
        assertThat(read(second)).isEqualTo(bytes(1));
        assertThat(log.read(topics.weightChunks()))
                .extracting(chunk -> chunk.getData().remaining())
                .containsExactly(0, 0);
    }

    @Test
    void bytesOfDroppedVersionsAreDeletedUnlessTheyArePinned() {
        // Given
        RunTopics topics = log.createRun("files-dropped");
        try (TrainerLog trainer = open("files-dropped")) {
            trainer.fence();
            trainer.publish(publication(0, List.of()));
            trainer.publish(publication(1, List.of()));
        }
        log.send(topics.weightPins(), "0", new WeightPin("files-dropped", 0L, true, Instant.now()));

        // When
        try (TrainerLog next = open("files-dropped")) {
            next.fence();
            assertThat(next.publish(publication(2, List.of(0L, 1L)))).containsExactly(1L);
        }

        // Then
        List<WeightManifest> manifests = log.read(topics.weightsHistory());
        assertThat(read(manifests.get(0))).isEqualTo(bytes(0));
        assertThat(read(manifests.get(2))).isEqualTo(bytes(2));
        assertThatThrownBy(() -> read(manifests.get(1)))
                .isInstanceOf(MissingWeightsException.class)
                .hasMessageContaining("weights files-dropped@1: there is no file " + folder);
        assertThat(tombstones(topics.weightChunks())).containsExactly("1-0");
    }

    @Test
    void theFilesOfTheRunThatACopyWasRestoredFromAreLeftAlone() {
        // Given
        RunTopics topics = log.createRun("files-copied");
        try (TrainerLog original = open("files-copied")) {
            original.fence();
            original.publish(publication(1, List.of()));
        }

        // When
        try (TrainerLog copy = open("files-copied", "copy-0")) {
            copy.fence();
            copy.publish(publication(2, List.of(1L)));
        }

        // Then
        assertThat(read(log.read(topics.weightsHistory()).get(0))).isEqualTo(bytes(1));
        assertThat(tombstones(topics.weightChunks())).containsExactly("1-0");
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        // Given
        RunTopics topics = log.createRun("files-damaged");
        try (TrainerLog trainer = open("files-damaged")) {
            trainer.fence();
            trainer.publish(publication(0, List.of()));
        }
        WeightManifest manifest = log.read(topics.weightsHistory()).get(0);
        Path file = folder.resolve(manifest.getLocation());
        byte[] damaged = bytes(0);
        damaged[SIZE / 2] ^= 1;

        // When / Then
        Files.write(file, damaged);
        assertThatThrownBy(() -> read(manifest))
                .isInstanceOf(CorruptWeightsException.class)
                .hasMessageContaining("weights files-damaged@0: sha256 is ");
        Files.write(file, new byte[5]);
        assertThatThrownBy(() -> read(manifest))
                .isInstanceOf(CorruptWeightsException.class)
                .hasMessageContaining("weights files-damaged@0: 5 bytes, but the manifest says " + SIZE);
    }

    @Test
    void nothingIsPublishedIntoAFolderThatIsGone() throws IOException {
        // Given
        RunTopics topics = log.createRun("files-gone");
        try (TrainerLog trainer = open("files-gone")) {
            trainer.fence();
            Files.delete(folder);

            // When / Then
            assertThatThrownBy(() -> trainer.publish(publication(0, List.of())))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("NoSuchFileException " + folder + "; the weight folder must be there");
        }
        Files.createDirectory(folder);
        assertThat(log.read(topics.weightsHistory())).isEmpty();
    }

    @Test
    void aTrainerDoesNotGoOnInAFolderWithoutTheNewestVersion() throws IOException {
        // Given
        log.createRun("files-elsewhere");
        try (TrainerLog trainer = open("files-elsewhere")) {
            trainer.fence();
            trainer.publish(publication(0, List.of()));
        }
        Path aside = folder.resolveSibling("aside");
        Files.move(folder, aside);
        Files.createDirectory(folder);

        // When / Then
        try (TrainerLog next = open("files-elsewhere")) {
            assertThatThrownBy(next::fence)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("is the right folder mounted at " + folder);
        }
        Files.delete(folder);
        Files.move(aside, folder);
        try (TrainerLog next = open("files-elsewhere")) {
            assertThat(next.fence().versions()).containsOnlyKeys(0L);
        }
    }

    @Test
    void theNewestStatesAreKeptInTheFolder() {
        // Given
        log.createRun("file-states");
        TrainerStates states = new TrainerStates(connection(), log.serdes());
        try (TrainerLog trainer = open("file-states")) {
            trainer.fence();

            // When
            for (long step = 1; step <= 3; step++) {
                trainer.publish(new StateFiles(step, step, step, files(step)));
            }
        }

        // Then
        NavigableMap<Long, TrainerStateManifest> kept = states.of("file-states");
        assertThat(kept).containsOnlyKeys(2L, 3L);
        Map<String, WeightBytes> read = states.read(kept.get(2L));
        assertThat(read).containsOnlyKeys("optimizer.bin", "state.json");
        assertThat(read.get("optimizer.bin").toArray()).isEqualTo(bytes(2));
        read.values().forEach(WeightBytes::close);
        assertThat(folder.resolve("file-states-0/states").toFile().list()).hasSize(2);
    }

    private static Map<String, WeightBytes> files(long step) {
        Map<String, WeightBytes> files = new LinkedHashMap<>();
        files.put("optimizer.bin", WeightBytes.of(bytes(step)));
        files.put("state.json", WeightBytes.of(new byte[] {(byte) step}));
        return files;
    }

    private Connection connection() {
        return log.connection().with(Optional.of(folder));
    }

    private TrainerLog open(String runId) {
        return open(runId, runId + "-0");
    }

    private TrainerLog open(String runId, String home) {
        WeightPlan plan = WeightPlan.newBuilder()
                .setStore(StoreKind.FILE)
                .setKeepStates(2)
                .build();
        return new KafkaTrainerLog(
                connection(), log.serdes(), new LogSettings(runId, home, plan, 0), Clock.systemUTC());
    }

    private static Publication publication(long version, List<Long> dropped) {
        Outputs outputs = new Outputs(true, Optional.empty(), List.of());
        return new Publication(
                version, outputs, WeightBytes.of(bytes(version)), OptionalLong.empty(), dropped, Optional.empty());
    }

    private static byte[] bytes(long version) {
        byte[] bytes = new byte[SIZE];
        new Random(version).nextBytes(bytes);
        return bytes;
    }

    private byte[] read(WeightManifest manifest) {
        try (WeightReader reader = new StoredWeights(connection(), log.serdes());
                WeightBytes bytes = reader.read(manifest)) {
            return bytes.toArray();
        }
    }

    private List<String> tombstones(Topic<WeightChunk> topic) {
        List<String> keys = new ArrayList<>();
        TopicReader.each(log.connection(), log.serdes(), topic, (key, value) -> {
            if (value.isEmpty()) {
                keys.add(key);
            }
        });
        return keys;
    }
}
