package dev.tracerl.rollout.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.run.RunSetup;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client may ask of a run. */
class CompletionDoorTest {

    @Test
    void tokensThatTheModelHasNoPositionsForAreRefused() {
        try (RunSetup setup = RunSetup.of(Specs.run("toy"))) {
            // Given
            CompletionDoor door = new CompletionDoor(setup, 16, 8);

            // When / Then
            assertThat(door.tokens("prompt", new int[64]).tokens()).hasSize(64);
            assertThatThrownBy(() -> door.tokens("prompt", new int[65]))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("the prompt has 65 tokens, the model 64 positions");
        }
    }

    @Test
    void theLargestSettingIsThatOfAnySamplerOfTheRun() {
        // Given
        RunSpec run = Specs.run("toy");
        SamplerSpec evaluation = Specs.sampler(12);
        evaluation.setStepsPerBlock(2);
        run.getSampler().setStepsPerBlock(1);
        run.setEvaluation(List.of(EvaluationPlan.newBuilder()
                .setSet("digits")
                .setCount(1)
                .setSampler(evaluation)
                .build()));
        try (RunSetup setup = RunSetup.of(run)) {
            CompletionDoor door = new CompletionDoor(setup, 16, 8);

            // When / Then
            assertThat(door.largest(SamplerSpec::getStepsPerBlock)).isEqualTo(2);
            assertThat(door.largest(SamplerSpec::getBlockSize)).isEqualTo(Specs.BLOCK);
        }
    }
}
