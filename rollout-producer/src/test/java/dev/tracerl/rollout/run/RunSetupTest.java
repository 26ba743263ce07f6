package dev.tracerl.rollout.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.model.text.ToyTokenizer;
import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.rollout.out.ResponseText;
import dev.tracerl.schemas.avro.CacheRule;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.SamplerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunSetupTest {

    @Test
    void promptsAndResponsesAreTokensOfTheRunsTokenizer() {
        // Given
        try (RunSetup setup = RunSetup.of(Specs.run("toy"))) {

            // When
            Prompt prompt = setup.prompt("407");
            ResponseText text = setup.text(new int[] {1, 2, 3});

            // Then
            assertThat(prompt.tokens()).containsExactly(4, 0, 7);
            assertThat(prompt.offsets()).containsExactly(0, 1, 2);
            assertThat(text.text()).isEqualTo("123");
            assertThat(text.offsets()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void aTextThatTheTokenizerCannotRepresentIsRefused() {
        try (RunSetup setup = RunSetup.of(Specs.run("toy"))) {
            assertThatThrownBy(() -> setup.prompt("4x7")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void withoutATokenizerInTheRunTheOneBesideTheCheckpointIsTaken(@TempDir Path folder) throws Exception {
        // Given
        Files.writeString(folder.resolve("tokenizer.json"), ToyTokenizer.characters(Specs.ALPHABET));
        RunSpec run = Specs.run("toy");
        run.getModel().setTokenizer("");
        run.getModel().getInitial().setPath(folder.toString());

        // When
        try (RunSetup setup = RunSetup.of(run)) {

            // Then
            assertThat(setup.prompt("1").tokens()).containsExactly(1);
        }
    }

    static Stream<Arguments> refused() {
        SamplerSpec recompute = Specs.sampler(12);
        recompute.setCacheRule(CacheRule.RECOMPUTE);
        return Stream.of(
                change("sampler: cacheRule RECOMPUTE is not supported, use KEEP", run -> run.setSampler(recompute)),
                change(
                        "sampler of evaluation digits-test: cacheRule RECOMPUTE is not supported",
                        run -> run.setEvaluation(List.of(EvaluationPlan.newBuilder()
                                .setSet("digits-test")
                                .setCount(1)
                                .setSamplesPerTask(1)
                                .setEveryVersions(0)
                                .setSampler(recompute)
                                .build()))),
                change("sampler: maxTokens is 0", run -> run.setSampler(Specs.sampler(0))),
                change(
                        "sampler: prefixCache, furtherHorizon, earlyStop, selectionTemperature and padPenalty are for full-attention models",
                        run -> run.getSampler().setPrefixCache(true)),
                change("sampler: maxTokens is 10, must be a multiple of blockSize", run -> {
                    run.setSampler(Specs.sampler(10));
                    run.getModel().setConfig(Specs.dream().toJson());
                }),
                change("its method is not known", run -> run.setMethod(Method.UNKNOWN)),
                change("no chat template poem", run -> run.getModel().setChatTemplate("poem")),
                change("text cannot be encoded", run -> run.getModel().setChatTemplate("chatml")),
                change(
                        "has no tokenizer and no checkpoint",
                        run -> run.getModel().setTokenizer("")),
                change(
                        "rollout-producer refuses the run: ",
                        run -> run.getModel().setConfig("{}")));
    }

    private static Arguments change(String reason, Consumer<RunSpec> change) {
        return Arguments.of(Named.of(reason, reason), change);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aRunThatCannotBeSampledIsRefusedWithTheReason(String reason, Consumer<RunSpec> change) {
        // Given
        RunSpec run = Specs.run("toy");
        change.accept(run);

        // Then
        assertThatThrownBy(() -> RunSetup.of(run))
                .isInstanceOf(UnsupportedRunException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aFailureKeepsTheProgressOfTheRun() {
        // Given
        RunStatus running = RunStatus.newBuilder()
                .setRunId("toy")
                .setState(RunState.RUNNING)
                .setReason("")
                .setStep(12)
                .setVersion(11)
                .setAt(Instant.EPOCH)
                .build();

        // When
        RunStatus failed = RunFailure.status(running, "toy", "why");

        // Then
        assertThat(failed.getState()).isEqualTo(RunState.FAILED);
        assertThat(failed.getReason()).isEqualTo("why");
        assertThat(failed.getStep()).isEqualTo(12);
        assertThat(failed.getVersion()).isEqualTo(11);
    }
}
