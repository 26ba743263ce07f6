package dev.tracerl.ops.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.log.TestGroups;
import dev.tracerl.ops.log.TestGroups.Answer;
import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import org.junit.jupiter.api.Test;

class TraceIT {

    private final TestLog log = TestLog.shared();

    @Test
    void whatIsNotThereIsRefusedWithWhatIs() {
        // Given
        TestRun.warmUp(log, "see-warm-up");
        TestGroups groups = new TestGroups(TestRun.reinforcement(log, "see", "see-warm-up"));
        groups.sampled(0, 0, Answer.RIGHT, Answer.WRONG);
        groups.sampled(1, 0, Answer.RIGHT, Answer.WRONG);

        // When
        TestLog.Result warmUp = log.tracerl("trace", "--run", "see-warm-up", "see-warm-up-t-000000/0");
        TestLog.Result group = log.tracerl("trace", "--run", "see", "see-t-000009/0");
        TestLog.Result sample = log.tracerl("trace", "--run", "see", "see-t-000001/2");

        // Then
        assertThat(warmUp.err()).contains("run see-warm-up has no trajectories: it trains on demonstrations");
        assertThat(group.err()).contains("it has those of see-t-000000 to see-t-000001");
        assertThat(sample.err()).contains("of that group it has samples 0, 1");
        assertThat(log.tracerl("trace", "--run", "see", "see-t-000001/1").code())
                .isZero();
    }
}
