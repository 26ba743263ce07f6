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

    private static final long ROWS = 5_000;

    private final ExportStack stack;

    private final RunSpec run;
    private final Path whole;
    private final Map<String, String> undisturbed;

    @TempDir
    private Path temporary;

    private Path folder;

    ExportResumeIT(ExportStack stack, @TempDir Path whole) {
        this.stack = stack;
        this.run = stack.log().run();
        this.whole = whole;
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
        for (int files : new int[] {2, 12}) {
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
            if (phase.equals("export") && calls.incrementAndGet() == 20) {
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
            if (phase.equals("export") && calls.incrementAndGet() == 20) {
                copy(manifest(), temporary.resolve("earlier.json"));
            }
        };
        stack.export(run, settings(EnumSet.allOf(ExportTable.class)), copying);
        copy(temporary.resolve("earlier.json"), manifest());
        Files.writeString(folder.resolve("tokens/run=sudoku-small/.part-000009.parquet.tmp"), "half a file");

        // When
        ExportReport report = stack.export(run, folder, ROWS);

        // Then
        assertThat(report.tables().get("trajectories").newRows())
                .isPositive()
                .isLessThan(stack.log().trajectories().size());
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
                .hasMessageContaining("holds a run sudoku-small that was created at")
                .hasMessageEndingWith("use another folder");
        assertThatThrownBy(() -> stack.export(run, settings(EnumSet.of(ExportTable.TOKENS)), ExportStack.QUIET))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("holds the tables trajectories, tokens, train_steps, evaluations");
        Path file = folder.resolve("tokens/run=sudoku-small/part-000003.parquet");
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
                .hasMessageStartingWith("another export of sudoku-small works in");
    }

    private ExportSettings settings(EnumSet<ExportTable> tables) {
        return new ExportSettings(folder, new TreeSet<>(tables), ROWS);
    }

    private Path manifest() {
        return folder.resolve("_export/sudoku-small/manifest.json");
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
