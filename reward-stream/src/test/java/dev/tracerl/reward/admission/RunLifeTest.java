package dev.tracerl.reward.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import org.junit.jupiter.api.Test;

class RunLifeTest {

    private final RunSpec run = Runs.run();
    private final AdmissionBench bench = new AdmissionBench(run);

    @Test
    void everyVersionIsReported() {
        // Given
        // When
        bench.published(0);
        bench.step(1, bench.training());

        // Then
        assertThat(bench.outbox.statuses).extracting(RunStatus::getVersion).containsExactly(0L, 1L);
        assertThat(bench.status().getStep()).isEqualTo(1);
    }

    @Test
    void theLastStepStopsTheRunAndClosedGroupsFinishIt() {
        // Given
        run.getStop().setMaxSteps(1);
        bench.published(0);

        // When
        bench.step(1, bench.training());

        // Then
        assertThat(bench.outbox.statuses).extracting(RunStatus::getState).endsWith(RunState.FINISHED);
        assertThat(bench.status().getFinalVersion()).isEqualTo(1);
        assertThat(bench.status().getReason()).isEqualTo("all 1 training steps are done");
        assertThat(bench.training()).hasSize(2);
    }

    @Test
    void openGroupsHoldTheEndBack() {
        // Given
        run.getStop().setMaxSteps(1);
        bench.published(0);

        // When
        bench.trained(1);
        RunState before = bench.status().getState();
        bench.training().forEach(group -> bench.end(group, Outcome.EXPIRED));

        // Then
        assertThat(before).isEqualTo(RunState.STOPPING);
        assertThat(bench.status().getState()).isEqualTo(RunState.FINISHED);
    }

    @Test
    void theStepMayBeReadBeforeTheVersionsOfEarlierOnes() {
        // Given
        run.getStop().setMaxSteps(4);
        run.getEvaluation().add(Runs.plan(1, 1, 2));
        bench.published(0);

        // When
        bench.trained(4);
        bench.published(1);
        bench.published(2);
        bench.published(4);

        // Then
        assertThat(bench.evaluation())
                .extracting(request -> request.getEvaluationId())
                .containsExactly("toy-test@0", "toy-test@4", "toy-test@2");
    }

    @Test
    void theFinalVersionIsEvaluatedBeforeTheEnd() {
        // Given
        run.getStop().setMaxSteps(1);
        run.getEvaluation().add(Runs.plan(1, 1, 0));
        bench.published(0);
        bench.score(bench.evaluation().get(0), 0.5);

        // When
        bench.step(1, bench.training());
        RunState before = bench.status().getState();
        bench.score(bench.evaluation().get(1), 1.0);

        // Then
        assertThat(before).isEqualTo(RunState.STOPPING);
        assertThat(bench.outbox.evaluations).extracting(Evaluation::getVersion).containsExactly(0L, 1L);
        assertThat(bench.status().getState()).isEqualTo(RunState.FINISHED);
    }

    @Test
    void reachingTheTargetStopsTheRunAtTheEvaluatedVersion() {
        // Given
        run.getGroups().setMaxLag(1);
        run.getEvaluation().add(Runs.plan(2, 1, 1));
        target(0.5);
        bench.published(0);
        bench.published(1);
        bench.published(2);
        bench.score(bench.evaluation().get(0), 0.0);
        bench.score(bench.evaluation().get(1), 0.0);
        int requested = bench.training().size();

        // When
        bench.score(bench.evaluation().get(2), 1.0);
        bench.score(bench.evaluation().get(3), 0.0);
        bench.published(3);

        // Then
        assertThat(bench.status().getState()).isEqualTo(RunState.STOPPING);
        assertThat(bench.status().getFinalVersion()).isEqualTo(1);
        assertThat(bench.status().getAccuracy()).isEqualTo(0.5);
        assertThat(bench.status().getReason())
                .isEqualTo("version 1 reached accuracy 0.5000 on toy-test, the target is 0.5000");
        assertThat(bench.training()).hasSize(requested);
        assertThat(bench.evaluation()).hasSize(6);
    }

    @Test
    void theAccuracyStaysThatOfTheResult() {
        // Given
        run.getEvaluation().add(Runs.plan(1, 1, 1));
        target(1.0);
        bench.published(0);
        bench.published(1);
        bench.score(bench.evaluation().get(0), 1.0);

        // When
        bench.score(bench.evaluation().get(1), 0.0);

        // Then
        assertThat(bench.status().getAccuracy()).isEqualTo(1.0);
        assertThat(bench.status().getFinalVersion()).isZero();
    }

    @Test
    void anEvaluationRunEndsWithItsEvaluations() {
        // Given
        run.setMethod(Method.EVALUATION);
        run.getEvaluation().add(Runs.plan(1, 1, 1));
        bench.published(0);

        // When
        bench.score(bench.evaluation().get(0), 1.0);

        // Then
        assertThat(bench.status().getState()).isEqualTo(RunState.FINISHED);
        assertThat(bench.status().getFinalVersion()).isZero();
        assertThat(bench.evaluation()).hasSize(1);
    }

    @Test
    void aSupervisedRunEndsWithItsStepsAndItsFinalEvaluation() {
        // Given
        run.setMethod(Method.SFT);
        run.getStop().setMaxSteps(5);
        run.getEvaluation().add(Runs.plan(1, 1, 0));
        bench.published(0);
        bench.score(bench.evaluation().get(0), 0.0);

        // When
        bench.trained(5);
        bench.score(bench.evaluation().get(1), 1.0);

        // Then
        assertThat(bench.status().getState()).isEqualTo(RunState.FINISHED);
        assertThat(bench.status().getFinalVersion()).isEqualTo(5);
    }

    private void target(double accuracy) {
        run.getStop().setTargetSet(Runs.TEST);
        run.getStop().setTargetAccuracy(accuracy);
    }
}
