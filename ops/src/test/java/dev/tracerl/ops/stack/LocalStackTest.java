package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalStackTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            STARTING | another tracerl is starting this stack (process 4711); wait for it
            READY    | this stack is running already (process 4711)
            STOPPING | this stack is being stopped (process 4711); wait for it
            """)
    void aSecondStartIsRefusedAndDeletesNothing(StackState.Phase phase, String reason) throws IOException {
        try (HeldStack held = HeldStack.of(folder, phase)) {
            // Given
            DataDir dir = new DataDir(folder);
            String state = Files.readString(dir.state());
            String pids = Files.readString(dir.pids());

            // When // Then
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> LocalStack.start(new Installation(folder), new StackSettings(folder, 1), true))
                    .isInstanceOf(StackException.class)
                    .hasMessage(reason);
            assertThat(dir.state()).hasContent(state);
            assertThat(dir.pids()).hasContent(pids);
        }
    }

    @Test
    void theSlowerOfTwoSupervisorsSaysWhyItEndsAndDeletesNothing() {
        try (HeldStack held = HeldStack.of(folder, StackState.Phase.STARTING)) {
            // When // Then
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> SupervisorProcess.run(
                            new Installation(folder), new StackSettings(folder, 1), Optional.empty()))
                    .isInstanceOf(StackException.class)
                    .hasMessage("another tracerl is starting this stack (process 4711); wait for it");
            assertThat(new DataDir(folder).state()).exists();
            assertThat(new DataDir(folder).pids()).exists();
        }
    }

    /** The state file is that of another supervisor, as after one that was killed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            echo tracerl: another one is there; exit 3 | another one is there
            echo Error: no jar; exit 1                 | the supervisor ended: Error: no jar (log: LOG)
            exit 1                                     | the supervisor ended: exit code 1 (log: LOG)
            kill -9 $$                                 | the supervisor ended: it was killed (signal 9) (log: LOG)
            """)
    void aSupervisorThatEndsEarlyIsExplained(String script, String reason) throws IOException {
        // Given
        HeldStack.of(folder, StackState.Phase.READY).close();
        DataDir dir = new DataDir(folder);
        Files.writeString(dir.log("supervisor"), "tracerl: what the one before said\n");
        EventTail said = EventTail.ofProcess(dir, "supervisor");

        // When
        Process supervisor = new ProcessBuilder("sh", "-c", script)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(dir.log("supervisor").toFile()))
                .start();

        // Then
        assertThatThrownBy(() -> LocalStack.awaitReady(dir, supervisor, said))
                .isInstanceOf(StackException.class)
                .hasMessage(reason.replace("LOG", dir.log("supervisor").toString()));
    }
}
