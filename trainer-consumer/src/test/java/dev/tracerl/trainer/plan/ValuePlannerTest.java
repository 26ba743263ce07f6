package dev.tracerl.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.core.value.StepAdvantage;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Slices;
import dev.tracerl.schemas.avro.ValueSpec;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.train.ValueSettings;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ValuePlannerTest {

    @Test
    void aValueModelHasItsOwnPeakOnThePolicysSchedule() {
        // Given
        RunSpec run = run();
        run.getOptimizer().setRampUpdates(10);
        run.setValue(
                value().setLearningRate(5e-3).setDiscount(0.99).setTrainEvery(2).build());

        // When
        ValueSettings value = Planner.plan(run).training().orElseThrow().value().orElseThrow();

        // Then
        assertThat(value.schedule().at(0)).isEqualTo(5e-4);
        assertThat(value.schedule().at(9)).isEqualTo(5e-3);
        assertThat(value.advantage()).isEqualTo(new StepAdvantage(0.99, 1));
        assertThat(value.clip()).isEqualTo(0.2);
        assertThat(value.trainEvery()).isEqualTo(2);
    }

    @Test
    void aValueModelThatCannotBeIsRefused() {
        refused(
                run -> run.setValue(value().setLearningRate(0).build()),
                "value.learningRate must be finite and above 0, not 0.0");
        refused(run -> run.setValue(value().setDiscount(2).build()), "value.discount must be in [0, 1], not 2.0");
        refused(run -> run.setValue(value().setTrainEvery(0).build()), "value.trainEvery must be at least 1, not 0");
        refused(run -> run.setValue(value().setClip(0).build()), "value.clip must be finite and above 0, not 0.0");
        refused(run -> run.getGroups().setRewardDiscount(-1), "groups.rewardDiscount must be in [0, 1], not -1.0");
    }

    @Test
    void aValueModelNeedsRewardsAndTheTrace() {
        refused(
                run -> {
                    run.setMethod(Method.SFT);
                    run.setValue(value().build());
                },
                "value needs rewards, and method SFT has none");
        refused(
                run -> {
                    run.getLoss().setSlices(Slices.COUPLED);
                    run.setValue(value().build());
                },
                "loss.slices must be TRACE with a value model, not COUPLED: a token may be a target in several steps or in none");
    }

    private static void refused(Consumer<RunSpec> change, String reason) {
        RunSpec run = run();
        change.accept(run);
        assertThatThrownBy(() -> Planner.plan(run))
                .isInstanceOf(RefusedRunException.class)
                .hasMessageContaining(reason);
    }

    private static ValueSpec.Builder value() {
        return ValueSpec.newBuilder().setLearningRate(1e-3);
    }

    private static RunSpec run() {
        return TestRuns.run("run", Method.TRACERL).build();
    }
}
