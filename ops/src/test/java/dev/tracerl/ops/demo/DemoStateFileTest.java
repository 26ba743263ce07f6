package dev.tracerl.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoStateFileTest {

    @TempDir
    private Path folder;

    @Test
    void aStateIsReadAsItWasWritten() {
        // Given
        DemoState state =
                new DemoState(1, new DemoState.Settings(1, 4, 200, 0.92), new DemoState.Seconds(1, 2, 3), true);

        // When
        new DemoStateFile(folder, "sudoku").write(state);

        // Then
        assertThat(new DemoStateFile(folder, "sudoku").read()).contains(state);
        assertThat(new DemoStateFile(folder, "countdown").read()).isEmpty();
    }

    @Test
    void timeAddsUpOverParts() throws InterruptedException {
        // Given
        DemoState begun =
                new DemoState(1, new DemoState.Settings(1, 4, 200, 0.92), new DemoState.Seconds(10, 0, 0), false);
        Stopwatch stopwatch = new Stopwatch(new DemoStateFile(folder, "sudoku"), begun);

        // When
        stopwatch.enter(Stopwatch.Part.WARM_UP);
        Thread.sleep(30);
        DemoState state = stopwatch.write();

        // Then
        assertThat(state.seconds().startUp()).isGreaterThanOrEqualTo(10);
        assertThat(state.seconds().warmUp()).isGreaterThanOrEqualTo(0.03);
        assertThat(new DemoStateFile(folder, "sudoku").read()).contains(state);
    }
}
