package dev.tracerl.trainer.out;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.plan.OutputPlan;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final List<Long> ELEVEN =
            LongStream.rangeClosed(0, 10).boxed().toList();

    @Test
    void theLastEveryNthAndTheFirstAreKept() {
        // Given
        Retention retention = new Retention(plan(2, 4, 0));

        // Then
        assertThat(retention.droppable(ELEVEN)).containsExactly(1L, 2L, 3L, 5L, 6L, 7L);
    }

    @Test
    void withoutNthTheOthersGo() {
        // Given
        Retention retention = new Retention(plan(3, 0, 0));

        // Then
        assertThat(retention.droppable(ELEVEN)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void aVersionIsKeptUntilItsEvaluationIsThere() {
        // Given
        Retention retention = new Retention(plan(1, 0, 5));

        // When
        List<Long> before = retention.droppable(List.of(0L, 4L, 5L, 6L, 7L));
        retention.evaluated(List.of(evaluation(5, 0.3)));
        List<Long> after = retention.droppable(List.of(0L, 5L, 7L, 8L));

        // Then
        assertThat(before).containsExactly(4L, 6L);
        assertThat(after).containsExactly(5L, 7L);
    }

    @Test
    void aVersionThatReachedTheTargetIsKept() {
        // Given
        Retention retention = new Retention(plan(1, 0, 5));

        // When
        retention.evaluated(List.of(evaluation(5, 0.9), evaluation(10, 0.89)));

        // Then
        assertThat(retention.droppable(List.of(0L, 5L, 10L, 11L))).containsExactly(10L);
    }

    @Test
    void nothingIsDroppedWhileThereAreFew() {
        assertThat(new Retention(plan(8, 0, 0)).droppable(List.of(0L, 1L))).isEmpty();
    }

    private static OutputPlan plan(int keepLast, int keepEvery, int evaluateEvery) {
        return new OutputPlan(
                WeightPlan.newBuilder()
                        .setKeepLast(keepLast)
                        .setKeepEvery(keepEvery)
                        .build(),
                StopRule.newBuilder()
                        .setMaxSteps(100)
                        .setTargetAccuracy(0.9)
                        .setTargetSet("test")
                        .build(),
                List.of(EvaluationPlan.newBuilder()
                        .setSet("test")
                        .setCount(1)
                        .setEveryVersions(evaluateEvery)
                        .setSampler(TestRuns.sampler().build())
                        .build()),
                false);
    }

    private static Evaluation evaluation(long version, double accuracy) {
        return Evaluation.newBuilder()
                .setRunId("run")
                .setEvaluationId("test@" + version)
                .setSet("test")
                .setVersion(version)
                .setTasks(1)
                .setSamples(1)
                .setExcluded(0)
                .setCorrect(1)
                .setAccuracy(accuracy)
                .setMeanScore(accuracy)
                .setStartedAt(Instant.EPOCH)
                .setAt(Instant.EPOCH)
                .build();
    }
}
