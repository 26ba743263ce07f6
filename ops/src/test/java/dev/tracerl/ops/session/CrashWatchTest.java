package dev.tracerl.ops.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.stack.StackState.ProcessState;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashWatchTest {

    private final CrashWatch watch = new CrashWatch();

    @Test
    void aProcessThatCrashesAgainAndAgainIsNamedWithTheReason() {
        // Given
        assertThat(watch.problem(3, trainer(40))).isEmpty();
        assertThat(watch.problem(3, trainer(45))).isEmpty();

        // When // Then
        assertThat(watch.problem(3, trainer(46)))
                .get()
                .asString()
                .startsWith("trainer-consumer ended 6 times while the run got no further, the last time because it ran"
                        + " out of Java's heap (log: trainer.log)");
    }

    @Test
    void crashesOfARunThatGetsFurtherDoNotCount() {
        // When // Then
        for (int step = 0; step < 20; step++) {
            assertThat(watch.problem(step, trainer(5 * step))).isEmpty();
            assertThat(watch.problem(step, trainer(5 * step + 5))).isEmpty();
        }
    }

    private static List<ProcessState> trainer(int restarts) {
        return List.of(
                new ProcessState("broker", 1, "tcp://127.0.0.1:1", "broker.log", 0, ""),
                new ProcessState(
                        "trainer-consumer",
                        -1,
                        "http://127.0.0.1:2",
                        "trainer.log",
                        restarts,
                        "it ran out of Java's heap"));
    }
}
