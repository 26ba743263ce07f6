package dev.tracerl.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.Verdict;
import java.util.List;
import java.util.stream.LongStream;

/** What must hold of every finished run's log, whatever was killed on the way. */
final class Accounting {

    private Accounting() {}

    static void assertComplete(RunLog log) {
        everyRequestHasOneOutcome(log, Purpose.TRAINING);
        everyRequestHasOneOutcome(log, Purpose.EVALUATION);
        everyTrajectoryIsJudgedOnce(log);
        everyStepIsThereOnceAndTrainsItsGroupsOnce(log);
    }

    private static void everyRequestHasOneOutcome(RunLog log, Purpose purpose) {
        assertThat(log.outcomes(purpose))
                .extracting(GroupOutcome::getGroupId)
                .containsExactlyInAnyOrderElementsOf(log.requests(purpose).stream()
                        .map(RolloutRequest::getGroupId)
                        .toList());
    }

    private static void everyTrajectoryIsJudgedOnce(RunLog log) {
        assertThat(log.all(log.topics().verdicts()))
                .extracting(Verdict::getTrajectoryId)
                .doesNotHaveDuplicates();
    }

    private static void everyStepIsThereOnceAndTrainsItsGroupsOnce(RunLog log) {
        List<TrainStep> steps = log.steps();
        assertThat(steps)
                .extracting(TrainStep::getStep)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, steps.size()).boxed().toList());
        assertThat(log.outcomes(Purpose.TRAINING).stream()
                        .filter(outcome -> outcome.getOutcome() == Outcome.ACCEPTED)
                        .map(GroupOutcome::getGroupId))
                .containsExactlyInAnyOrderElementsOf(steps.stream()
                        .flatMap(step -> step.getGroups().stream())
                        .toList());
    }
}
