package dev.tracerl.reward.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.StrayKind;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupTimeoutTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RunSpec run = Runs.run();
    private GroupingBench bench;

    @BeforeEach
    void start() {
        run.getGroups().setSamplesPerGroup(3);
        bench = new GroupingBench(run);
    }

    @Test
    void timeRunsFromTheRequest() {
        // Given
        bench.requested(bench.training(0));

        // When
        int open = bench.passes(TIMEOUT.minusMillis(1));

        // Then
        assertThat(open).isEqualTo(1);
        assertThat(bench.outbox.outcomes).isEmpty();
    }

    @Test
    void aGroupWithEnoughSamplesIsTrainedWithWhatArrived() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));
        bench.answer(request, 0, Records.RIGHT);
        bench.answer(request, 2, Records.WRONG);

        // When
        bench.passes(TIMEOUT);

        // Then
        assertThat(bench.outbox.groups.get(0).getSamples()).hasSize(2);
        assertThat(bench.outbox.groups.get(0).getOutcomes())
                .extracting(SampleOutcome::getStatus)
                .containsExactly(SampleResult.REWARDED, SampleResult.MISSING, SampleResult.REWARDED);
    }

    @Test
    void aGroupWithTooFewSamplesExpires() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));
        bench.answer(request, 0, Records.RIGHT);

        // When
        bench.passes(TIMEOUT);

        // Then
        GroupOutcome outcome = bench.outbox.outcomes.get(0);
        assertThat(outcome.getOutcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(outcome.getReason()).isEqualTo("1 rewarded samples, at least 2 are needed");
    }

    @Test
    void aGroupOfWhichNothingArrivedExpires() {
        // Given
        bench.requested(bench.training(0));
        bench.requested(bench.evaluation(0, 3));

        // When
        int open = bench.passes(TIMEOUT);

        // Then
        assertThat(open).isZero();
        assertThat(bench.outbox.outcomes)
                .extracting(GroupOutcome::getOutcome)
                .containsExactly(Outcome.EXPIRED, Outcome.EXPIRED);
        assertThat(bench.outbox.outcomes.get(0).getReason()).isEqualTo("no trajectory arrived within 10000 ms");
    }

    @Test
    void aTrajectoryAfterTheTimeOutIsLateAndItsCopyADuplicate() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));
        bench.answer(request, 1, Records.WRONG);
        bench.passes(TIMEOUT);
        bench.restart();

        // When
        bench.answer(request, 0, Records.RIGHT);
        bench.answer(request, 0, Records.RIGHT);
        bench.answer(request, 1, Records.WRONG);

        // Then
        assertThat(bench.outbox.strays)
                .extracting(Stray::getKind)
                .containsExactly(StrayKind.LATE, StrayKind.DUPLICATE, StrayKind.DUPLICATE);
        assertThat(bench.outbox.outcomes).hasSize(1);
    }

    @Test
    void ofGroupsThatEndedLongAgoItIsNotKnownWhatIsLate() {
        // Given
        RolloutRequest first = bench.requested(bench.training(0));
        RolloutRequest older = bench.requested(bench.training(1));
        bench.passes(TIMEOUT);
        RolloutRequest newest = bench.requested(bench.training(ClosedGroups.KEPT));
        bench.passes(TIMEOUT);

        // When
        bench.answer(first, 0, Records.RIGHT);
        bench.answer(older, 0, Records.RIGHT);
        bench.answer(newest, 0, Records.RIGHT);

        // Then
        assertThat(bench.outbox.strays)
                .extracting(Stray::getKind)
                .containsExactly(StrayKind.AFTER_CLOSE, StrayKind.LATE, StrayKind.LATE);
        assertThat(bench.closed.entries()).hasSize(2);
    }

    @Test
    void timeInWhichTheServiceWasDownDoesNotCount() {
        // Given
        RolloutRequest open = bench.requested(bench.training(0));
        RolloutRequest unread = bench.training(1);
        bench.passes(TIMEOUT.minusMillis(1));
        bench.down(Duration.ofHours(1));
        bench.requested(unread);
        bench.answer(open, 0, Records.RIGHT);

        // When
        int early = bench.passes(TIMEOUT.minusMillis(1));
        bench.answer(open, 1, Records.WRONG);
        int late = bench.passes(Duration.ofMillis(1));

        // Then
        assertThat(early).isEqualTo(2);
        assertThat(late).isZero();
        assertThat(bench.outbox.groups.get(0).getSamples()).hasSize(2);
        assertThat(bench.outbox.strays).isEmpty();
    }

    @Test
    void aGroupThatIsRequestedAfterAStartHasItsTimeFromTheRequest() {
        // Given
        bench.passes(TIMEOUT.dividedBy(2));
        bench.requested(bench.training(0));

        // When
        int early = bench.passes(TIMEOUT.minusMillis(1));
        int late = bench.passes(Duration.ofMillis(1));

        // Then
        assertThat(early).isEqualTo(1);
        assertThat(late).isZero();
    }

    @Test
    void aTrajectoryWhoseRequestNeverComesWaitsAsLongAfterAStart() {
        // Given
        bench.answer(bench.training(0), 0, Records.RIGHT);
        bench.down(Duration.ofHours(1));

        // When
        int early = bench.passes(TIMEOUT.minusMillis(1));
        int late = bench.passes(Duration.ofMillis(1));

        // Then
        assertThat(early).isEqualTo(1);
        assertThat(late).isZero();
        assertThat(bench.outbox.reasons).containsExactly("its group was never requested");
    }

    @Test
    void aDeterministicRunHasNoTimeOut() {
        // Given
        run.setDeterministic(true);
        bench.requested(bench.training(0));

        // When
        int open = bench.passes(Duration.ofDays(1));

        // Then
        assertThat(open).isEqualTo(1);
        assertThat(bench.outbox.outcomes).isEmpty();
    }
}
