package dev.tracerl.reward.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EvaluationsTest {

    private final RunSpec run = Runs.run();
    private final AdmissionBench bench = new AdmissionBench(run);

    @Test
    void requestsArePinnedToTheVersion() {
        // Given
        run.getEvaluation().add(Runs.plan(2, 3, 1));
        bench.published(0);

        // When
        bench.published(1);

        // Then
        RolloutRequest request = bench.evaluation().get(3);
        assertThat(request.getGroupId()).isEqualTo("toy-e-000003");
        assertThat(request.getTask().getTaskId()).isEqualTo("toy-test/1");
        assertThat(request.getEvaluationId()).isEqualTo("toy-test@1");
        assertThat(request.getPinnedVersion()).isEqualTo(1);
        assertThat(request.getSamples()).isEqualTo(3);
        assertThat(request.getSeed()).isNotEqualTo(run.getSeed());
    }

    @Test
    void plansChooseTheirVersions() {
        // Given
        run.getEvaluation().add(Runs.plan(1, 1, 2));

        // When
        LongStream.range(0, 6).forEach(bench::published);

        // Then
        assertThat(bench.evaluation())
                .extracting(RolloutRequest::getPinnedVersion)
                .containsExactly(0L, 2L, 4L);
    }

    @Test
    void outcomesAreAggregated() {
        // Given
        run.getEvaluation().add(Runs.plan(3, 2, 0));
        bench.published(0);

        // When
        bench.score(bench.evaluation().get(0), 1.0, 0.5);
        bench.restart();
        bench.score(bench.evaluation().get(1), 1.0, null);
        bench.end(bench.evaluation().get(2), Outcome.ACCEPTED);

        // Then
        Evaluation evaluation = bench.outbox.evaluations.get(0);
        assertThat(evaluation.getTasks()).isEqualTo(3);
        assertThat(evaluation.getSamples()).isEqualTo(3);
        assertThat(evaluation.getExcluded()).isEqualTo(1);
        assertThat(evaluation.getCorrect()).isEqualTo(2);
        assertThat(evaluation.getAccuracy()).isEqualTo(2.0 / 3);
        assertThat(evaluation.getMeanScore()).isEqualTo(2.5 / 3);
        assertThat(bench.status().getState()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void anEvaluationOfWhichNothingCouldBeJudgedHasAccuracyZero() {
        // Given
        run.getEvaluation().add(Runs.plan(1, 2, 0));
        bench.published(0);

        // When
        bench.score(bench.evaluation().get(0), null, null);

        // Then
        assertThat(bench.outbox.evaluations).extracting(Evaluation::getAccuracy).containsExactly(0.0);
        assertThat(bench.outbox.evaluations).extracting(Evaluation::getExcluded).containsExactly(2);
    }

    @Test
    void groupsAreRequestedThroughAWindow() {
        // Given
        int count = Evaluations.WINDOW + 10;
        for (int index = 0; index < count; index++) {
            bench.tasks.put(Runs.TEST + "/" + index, Records.task(Runs.TEST, index));
        }
        run.getEvaluation().add(Runs.plan(count, 1, 0));
        bench.published(0);
        int first = bench.evaluation().size();

        // When
        for (int group = 0; group < count; group++) {
            bench.score(bench.evaluation().get(group), 1.0);
        }

        // Then
        assertThat(first).isEqualTo(Evaluations.WINDOW);
        assertThat(bench.outbox.evaluations).extracting(Evaluation::getSamples).containsExactly(count);
    }

    @Test
    void unusableTasksAreExcludedAndRefusedOnce() {
        // Given
        run.getEvaluation().add(Runs.plan(3, 2, 1));
        bench.tasks.remove("toy-test/2");
        bench.published(0);
        bench.published(1);

        // When
        bench.evaluation().forEach(request -> bench.score(request, 1.0, 1.0));

        // Then
        assertThat(bench.outbox.evaluations).extracting(Evaluation::getExcluded).containsExactly(2, 2);
        assertThat(bench.outbox.reasons).containsExactly("task toy-test/2: it is missing");
    }

    @Test
    void anEvaluationWithoutAnyUsableTaskFailsTheRun() {
        // Given
        run.getEvaluation().add(Runs.plan(3, 2, 1));
        bench.tasks.keySet().removeIf(id -> id.startsWith(Runs.TEST));

        // When
        bench.published(0);

        // Then
        assertThat(bench.status().getState()).isEqualTo(RunState.FAILED);
        assertThat(bench.status().getReason()).startsWith("no usable task in the evaluation set toy-test");
    }
}
