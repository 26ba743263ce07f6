package dev.tracerl.ops.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.weights.Checksum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An export goes on after whatever ended it, and its files hold the rows of an undisturbed one's. */
@ExtendWith(ExportStack.Provider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportResumeIT {

    private static final long ROWS = 2_000;

    private final ExportStack stack;

    private final SampleLog log;
    private final RunSpec run;
    private final Path whole;
    private final Map<String, String> undisturbed;

    @TempDir
    private Path temporary;

    private Path folder;

    ExportResumeIT(ExportStack stack, @TempDir Path whole) {
        this.stack = stack;
        this.log = stack.log().as("resumed").first(100);
        this.run = log.run();
        this.whole = whole;
        try (TestLog topics = stack.topics(run)) {
            topics.write(log);
        }
        stack.export(run, whole, ROWS);
        this.undisturbed = files(whole);
    }

    @BeforeEach
    void choose() {
        folder = temporary.resolve("export");
    }

    @Test
    void aProcessThatWasKilledTimeAndAgainLosesAndRepeatsNothing()
            throws IOException, InterruptedException, SQLException {
        // Given
        int kills = 0;
        for (int files : new int[] {2, 7}) {
            kills += ExportChild.start(stack, run.getRunId(), folder, ROWS).killAtFile(files) ? 1 : 0;
        }

        // When
        ExportChild last = ExportChild.start(stack, run.getRunId(), folder, ROWS);

        // Then
        assertThat(last.exitCode()).isZero();
        assertThat(kills).isPositive();
        assertThat(files(folder)).containsOnlyKeys(undisturbed.keySet());
        try (Duck duck = new Duck()) {
            for (ExportTable table : ExportTable.values()) {
                assertThat(duck.differences(whole, folder, table)).isZero();
            }
        }
    }

    @Test
    void anExportThatFailsInTheMiddleOfAFileLeavesNoneOfIt() {
        // Given
        AtomicInteger calls = new AtomicInteger();
        ExportListener failing = (phase, done, total) -> {
            if (phase.equals("export") && calls.incrementAndGet() == 6) {
                throw new IllegalStateException("the disk is full");
            }
        };

        // When
        assertThatThrownBy(() -> stack.export(run, settings(EnumSet.allOf(ExportTable.class)), failing))
                .hasMessage("the disk is full");

        // Then
        assertThat(files(folder)).isNotEmpty();
        assertThat(undisturbed).containsAllEntriesOf(files(folder));
        stack.export(run, folder, ROWS);
        assertThat(files(folder)).isEqualTo(undisturbed);
    }

    @Test
    void filesThatAppearedWithoutTheirManifestAreMadeAnew() throws IOException {
        // Given
        AtomicInteger calls = new AtomicInteger();
        ExportListener copying = (phase, done, total) -> {
            if (phase.equals("export") && calls.incrementAndGet() == 6) {
                copy(manifest(), temporary.resolve("earlier.json"));
            }
        };
        stack.export(run, settings(EnumSet.allOf(ExportTable.class)), copying);
        copy(temporary.resolve("earlier.json"), manifest());
        Files.writeString(folder.resolve("tokens/run=resumed/.part-000007.parquet.tmp"), "half a file");

        // When
        ExportReport report = stack.export(run, folder, ROWS);

        // Then
        assertThat(report.tables().get("trajectories").newRows())
                .isPositive()
                .isLessThan(log.trajectories().size());
        assertThat(files(folder)).isEqualTo(undisturbed);
    }

    @Test
    void aFolderThatHoldsSomethingElseIsRefused() throws IOException {
        // Given
        stack.export(run, folder, ROWS);
        RunSpec other = RunSpec.newBuilder(run)
                .setCreatedAt(Instant.parse("2026-01-01T00:00:00Z"))
                .build();

        // When // Then
        assertThatThrownBy(() -> stack.export(other, folder, ROWS))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("holds a run resumed that was created at")
                .hasMessageEndingWith("use another folder");
        assertThatThrownBy(() -> stack.export(run, settings(EnumSet.of(ExportTable.TOKENS)), ExportStack.QUIET))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("holds the tables trajectories, tokens, train_steps, evaluations");
        Path file = folder.resolve("tokens/run=resumed/part-000003.parquet");
        Files.writeString(file, "!", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> stack.export(run, folder, ROWS))
                .isInstanceOf(ExportException.class)
                .hasMessage(file + " is missing or was changed: use another folder");
    }

    @Test
    void twoExportsDoNotWorkInOneFolder() {
        // Given
        ExportListener second = (phase, done, total) -> stack.export(run, folder, ROWS);

        // When // Then
        assertThatThrownBy(() -> stack.export(run, settings(EnumSet.allOf(ExportTable.class)), second))
                .isInstanceOf(ExportException.class)
                .hasMessageStartingWith("another export of resumed works in");
    }

    private ExportSettings settings(EnumSet<ExportTable> tables) {
        return new ExportSettings(folder, new TreeSet<>(tables), ROWS);
    }

    private Path manifest() {
        return folder.resolve("_export/resumed/manifest.json");
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checksums of all files but those of the export's own. */
    private static Map<String, String> files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            Map<String, String> checksums = new TreeMap<>();
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(folder.resolve("_export"))) {
                    checksums.put(folder.relativize(file).toString(), Checksum.sha256(Files.readAllBytes(file)));
                }
            }
            return checksums;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
