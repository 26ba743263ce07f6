package dev.tracerl.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.follow.Records;
import dev.tracerl.schemas.avro.TrainStep;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StepLineTest {

    @Test
    void aTraceRlStepShowsRewardLagRatesAndLoss() {
        // Given
        TrainStep step = Records.trainStep("run", 12, 0.5, Instant.ofEpochMilli(4_000));

        // When
        String line = StepLine.of(step, 2_000, Records.evaluation("run", "validation", 10, 79, 128));

        // Then
        assertThat(line)
                .isEqualTo("step   12  version   12  reward 0.500  lag 1.5/3  32 traj/s  544 tok/s  clip 0.063"
                        + "  kl 0.0125  loss 0.2500  held-out 61.7 % @10");
    }

    @Test
    void aSupervisedStepHasNoRewardAndTheFirstOneNoRates() {
        // Given
        TrainStep step = Records.trainStep("run", 1, null, Instant.ofEpochMilli(4_000));

        // When
        String line = StepLine.of(step, -1, null);

        // Then
        assertThat(line).isEqualTo("step    1  version    1  loss 0.2500");
    }

    @Test
    void aStepThatTrainedAValueModelShowsItsLoss() {
        // Given
        TrainStep step = Records.trainStep("run", 1, null, Instant.ofEpochMilli(4_000));
        step.setValueLoss(0.125);

        // When
        String line = StepLine.of(step, -1, null);

        // Then
        assertThat(line).isEqualTo("step    1  version    1  loss 0.2500  value 0.1250");
    }
}
