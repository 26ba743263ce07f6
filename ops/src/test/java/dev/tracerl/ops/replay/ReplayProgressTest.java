package dev.tracerl.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.replay.ReplayResult.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayProgressTest {

    private static final String STARTED =
            "{\"event\":\"started\",\"step\":20,\"to\":22,\"device\":\"cpu\",\"threads\":1}\n";
    private static final String TRAINED = "{\"event\":\"trained\",\"step\":21,\"loss\":0.5}\n";
    private static final String SAME = "{\"event\":\"same\",\"version\":21,\"sha256\":\"0123456789abcdef\"}\n";

    private static final String DIFFERS =
            "{\"event\":\"differs\",\"step\":21,\"version\":22,\"what\":[\"loss is 1\"]}\n";

    @TempDir
    Path directory;

    private final StringWriter shown = new StringWriter();
    private final ReplayProgress progress = new ReplayProgress(new Screen(new PrintWriter(shown), false));
    private Path report = Path.of("");
    private ReplayLines lines = new ReplayLines(report);

    @BeforeEach
    void report() {
        report = directory.resolve("report.jsonl");
        lines = new ReplayLines(report);
    }

    @Test
    void everyVersionThatIsTheSameIsShownAndCounted() throws IOException {
        // When
        told(STARTED + TRAINED + SAME);
        told("{\"event\":\"ended\"}\n");

        // Then
        ReplayResult result = progress.result("sudoku", 21, 22, 1);
        assertThat(progress.isComplete()).isTrue();
        assertThat(result.startStep()).isEqualTo(20);
        assertThat(result.steps()).isEqualTo(1);
        assertThat(result.versions()).containsExactly(new Version(21, "0123456789abcdef"));
        assertThat(result.difference()).isNull();
        assertThat(shown.toString().lines())
                .containsExactly(
                        "Starting from the trainer state of step 20 on cpu with 1 thread",
                        "version   21  0123456789ab  as recorded");
    }

    @Test
    void aLineIsReadWhenItIsWhole() throws IOException {
        // Given
        told(STARTED + TRAINED.substring(0, 20));
        long before = progress.result("sudoku", 0, 22, 1).steps();

        // When
        told(TRAINED.substring(20));

        // Then
        assertThat(before).isZero();
        assertThat(progress.result("sudoku", 0, 22, 1).steps()).isEqualTo(1);
    }

    @Test
    void aDifferenceEndsTheReplay() throws IOException {
        // When
        told(STARTED + DIFFERS);

        // Then
        assertThat(progress.isComplete()).isTrue();
        assertThat(progress.result("sudoku", 0, 22, 1).difference())
                .isEqualTo(new ReplayResult.Difference(21, 22, List.of("loss is 1")));
    }

    @Test
    void aRunOfAnotherBuildIsToldAtTheStartAndNamedAsTheReason() throws IOException {
        // When
        told(started("old", "new") + DIFFERS);

        // Then
        assertThat(shown.toString().lines())
                .containsExactly(
                        "Starting from the trainer state of step 20 on cpu with 1 thread",
                        "Trained by another build, so sums may differ in their last digits: old; this is new");
        assertThat(ReplayText.lines(progress.result("sudoku", 0, 22, 1)))
                .containsExactly(
                        "Step 21 is the first that comes out differently:",
                        "  loss is 1",
                        "The likely reason is the build: the run was trained by old, this is new. Replay with that"
                                + " build.");
    }

    @Test
    void aRunOfThisBuildLeavesTheProcessorAsTheReason() throws IOException {
        // When
        told(started("new") + DIFFERS);

        // Then
        assertThat(shown.toString().lines()).hasSize(1);
        assertThat(ReplayText.lines(progress.result("sudoku", 0, 22, 1)))
                .last()
                .isEqualTo("The run was trained by this build. Unless records were changed, the processor is another"
                        + " one.");
    }

    private static String started(String... builds) {
        return STARTED.replace("}", ",\"build\":\"new\",\"builds\":[\"" + String.join("\",\"", builds) + "\"]}");
    }

    @Test
    void whatCannotBeReplayedIsAnErrorWithTheReason() {
        assertThatThrownBy(() -> told("{\"event\":\"failed\",\"reason\":\"the log has only 3 to 9\"}\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("the log has only 3 to 9");
    }

    private void told(String text) throws IOException {
        Files.writeString(report, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        lines.next().forEach(progress::add);
    }
}
