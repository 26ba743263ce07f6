package dev.tracerl.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each service is killed once in the middle of a demo. */
class KillIT {

    private static final int STEPS = 8;
    private static final Duration LIMIT = Duration.ofMinutes(15);

    @TempDir
    private Path folder;

    private CommandLine tracerl;

    @AfterEach
    void stop() throws InterruptedException {
        tracerl.run(Duration.ofMinutes(2), "down");
    }

    @Test
    void aKilledServiceCostsNothingButTime() throws Exception {
        // Given
        Path dataDir = folder.resolve("data");
        tracerl = new CommandLine(dataDir);
        CommandLine.Running demo = tracerl.start("demo", "--steps", String.valueOf(STEPS), "--keep-running");
        awaitRun(demo, "run sudoku begins");
        Stack stack = new Stack(dataDir);
        RunLog log = new RunLog(stack.connection(), "sudoku");

        // When
        log.awaitStep(1, LIMIT);
        stack.kill("rollout-producer");
        log.awaitStep(3, LIMIT);
        stack.kill("reward-stream");
        log.awaitStep(5, LIMIT);
        stack.kill("trainer-consumer");
        String output = demo.await(LIMIT);

        // Then
        Accounting.assertComplete(log);
        assertThat(log.steps()).hasSize(STEPS);
        assertThat(output)
                .contains("rollout-producer ended")
                .contains("reward-stream ended")
                .contains("trainer-consumer ended");
    }

    private static void awaitRun(CommandLine.Running demo, String line) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!(Files.exists(demo.output()) && demo.text().contains(line))) {
            assertThat(demo.process().isAlive()).as(demo.text()).isTrue();
            assertThat(System.nanoTime()).as(demo.text()).isLessThan(deadline);
            Thread.sleep(200);
        }
    }
}
