package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tracerl.ops.archive.Manifest.StoredFile;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.client.TopicSizes;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.TrainerStates;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Weights and trainer states in a weight folder, which a run and its copy on another cluster may share. */
class StoredFilesIT {

    private static final String VERSION = "source-1764108000000/weights/000002-abc/model.safetensors";

    private final ArchivedRun run = ArchivedRun.shared();
    private final Connection target = run.target();

    @Test
    void filesAreArchivedAsTheyAreAndWhatIsLostIsTold() throws IOException {
        // When
        Manifest manifest = run.manifest();

        // Then
        assertThat(manifest.files())
                .filteredOn(StoredFile::archived)
                .extracting(StoredFile::name)
                .containsExactly(
                        "weights source@2",
                        "trainer state source@2, optimizer.bin",
                        "trainer state source@2, state.json");
        assertThat(run.archive().resolve("files").resolve(VERSION)).hasBinaryContent(SourceFiles.bytes(2));
        assertThat(Files.readString(run.archive().resolve("SHA256SUMS"))).contains("  files/" + VERSION + "\n");
        assertThat(manifest.files())
                .filteredOn(file -> !file.archived())
                .extracting(StoredFile::name, file -> file.problem() == null)
                .as("the run dropped version 3 while it was archived")
                .containsExactly(tuple("weights source@3", true), tuple("weights source@4", false));
        assertThat(ArchiveSummary.of("a", manifest).missing())
                .singleElement()
                .asString()
                .startsWith("weights source@4: there is no file " + run.weights());
    }

    @Test
    void restoredFilesLieApartFromThoseOfEveryOtherRun() throws IOException {
        // When
        run.restoreAs("files");

        // Then
        String home = "files-restored-" + Cluster.id(target);
        RunWeights weights = new RunWeights(target, target.serdes(), "files");
        NavigableMap<Long, WeightManifest> history = weights.history();
        assertThat(weights.stored(history)).containsExactly(1L, 2L);
        assertThat(history.get(2L).getLocation()).isEqualTo(home + "/weights/000002-abc/model.safetensors");
        assertThat(history.get(4L).getLocation()).as("of lost ones, too").startsWith(home);
        assertThat(read(history.get(2L))).isEqualTo(SourceFiles.bytes(2));
        assertThat(run.weights().resolve(VERSION)).hasBinaryContent(SourceFiles.bytes(2));
        TrainerStates states = new TrainerStates(target, target.serdes());
        TrainerStateManifest state = states.of("files").get(2L);
        assertThat(state.getLocation()).isEqualTo(home + "/states/000002-def");
        Map<String, WeightBytes> files = states.read(state);
        assertThat(files.get("state.json").toArray()).asString(UTF_8).isEqualTo("state.json of step 2");
        files.values().forEach(WeightBytes::close);
    }

    @Test
    void aRunThatWasNotOverIsOverAndSaysHowToTrainOn() {
        // When
        Restorer.Restored restored = run.restoreAs("over");

        // Then
        assertThat(restored.newest()).hasValue(2);
        RunStatus status =
                TopicReader.latest(target, target.serdes(), Topics.RUN_STATUS).get("over");
        assertThat(status.getState()).isEqualTo(RunState.FAILED);
        assertThat(status.getReason())
                .isEqualTo(
                        "restored from an archive of " + run.manifest().cutAt()
                                + ", and a restored run does not go on; train on with tracerl fork --run over --at 2 --as NAME");
        assertThat(status.getFinalVersion()).isEqualTo(2);
        assertThat(status.getStep()).isEqualTo(1);
    }

    @Test
    void aDamagedOrMissingFileIsNamedAndNothingIsWritten() throws IOException {
        // Given
        Path file = run.archive().resolve("files").resolve(VERSION);
        byte[] bytes = Files.readAllBytes(file);
        byte[] damaged = bytes.clone();
        damaged[3] ^= 1;

        // When / Then
        Files.write(file, damaged);
        assertRefused("file files/%s is damaged: its SHA-256 differs; it holds weights source@2".formatted(VERSION));
        Files.write(file, new byte[5]);
        assertRefused("file files/%s is damaged: it has 5 bytes instead of %d; it holds weights source@2"
                .formatted(VERSION, bytes.length));
        Files.delete(file);
        assertRefused("file files/%s is missing: weights source@2".formatted(VERSION));
        Files.write(file, bytes);
        assertThat(TopicSizes.of(
                        target, List.of(RunTopics.of("refused").trainSteps().name())))
                .isEmpty();
        assertThat(run.weights()).isDirectoryNotContaining("glob:refused*");
    }

    @Test
    void aPlaceOutsideOfTheRunsFolderIsRefused() throws IOException {
        // Given
        ArchiveFolder folder = new ArchiveFolder(run.archive());
        Manifest whole = folder.manifest().orElseThrow();
        String json = Files.readString(run.archive().resolve(ArchiveFolder.MANIFEST));
        Files.writeString(
                run.archive().resolve(ArchiveFolder.MANIFEST), json.replace(VERSION, "source/../victim/" + VERSION));

        // When / Then
        folder.write(folder.manifest().orElseThrow());
        assertRefused("manifest.json names a place outside of the run's folder: source/../victim/" + VERSION);
        folder.write(whole);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> run.restoreAs("refused"))
                .isInstanceOf(DamagedArchiveException.class)
                .hasMessage(message);
    }

    @Test
    void filesNeedAWeightFolder() {
        // Given
        RestoreOptions options = new RestoreOptions(Optional.of("refused"), OptionalInt.empty(), true, false);
        Connection without = target.with(Optional.empty());
        Connection unmounted = target.with(Optional.of(run.weights().resolve("not-mounted")));
        RunSpec files = SourceLog.spec(ArchivedRun.RUN);
        files.getWeights().setStore(StoreKind.FILE);

        // When / Then
        assertThatThrownBy(() -> new Restorer(without, without.serdes()).restore(run.archive(), options, line -> {}))
                .isInstanceOf(BadInputException.class)
                .hasMessage("the archive has weights in files, and this process has no weight folder to put them into: "
                        + "give --weight-folder");
        assertThatThrownBy(() -> new Restorer(unmounted, without.serdes()).restore(run.archive(), options, line -> {}))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("there is no weight folder ");
        assertThatThrownBy(() -> new Archiver(
                                run.source().with(Optional.empty()),
                                run.source().serdes())
                        .archive(files, run.archive().resolveSibling("other"), line -> {}))
                .isInstanceOf(BadInputException.class)
                .hasMessage("the bytes of run source are files: say where the weight folder is, with --weight-folder");
        assertThatThrownBy(() -> new Archiver(run.source(), run.source().serdes())
                        .archive(files, run.archive().resolveSibling("other"), line -> {}))
                .as("the file of the newest version is lost")
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(
                        "the newest version of run source is not in the weight folder: there is no file ");
        assertThat(run.archive().resolveSibling("other")).doesNotExist();
    }

    private byte[] read(WeightManifest manifest) {
        try (WeightReader reader = new StoredWeights(target, target.serdes());
                WeightBytes bytes = reader.read(manifest)) {
            return bytes.toArray();
        }
    }
}
