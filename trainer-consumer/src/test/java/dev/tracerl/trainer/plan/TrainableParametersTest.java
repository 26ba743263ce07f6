package dev.tracerl.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.model.adapter.AdapterSettings;
import dev.tracerl.model.training.Trainable;
import dev.tracerl.schemas.avro.LoraSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.trainer.TestRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TrainableParametersTest {

    @Test
    void patternsThatAreNoneAreRefused() {
        refused(run -> run.getModel().setTrainable(List.of("(")), "model.trainable: '(' is no regular expression");
    }

    @Test
    void patternsThatMatchNothingAreRefusedWithTheNames() {
        refused(
                run -> run.getModel().setTrainable(List.of("model\\.norm.*", "model\\.nothing")),
                "model.trainable: 'model\\.nothing' matches no parameter; there are model.embed_tokens.weight,"
                        + " model.layers.N.input_layernorm.weight, model.layers.N.self_attn.q_proj.weight");
    }

    @Test
    void patternsChooseParametersByTheirWholeNames() {
        // Given
        RunSpec run = run(Method.TRACERL);
        run.getModel().setTrainable(new ArrayList<>(List.of("model\\.norm\\.weight", ".*embed.*", "norm")));

        // Then
        assertThatThrownBy(() -> Planner.plan(run)).hasMessageContaining("'norm' matches no parameter");
        run.getModel().getTrainable().remove(2);
        assertThat(Planner.plan(run).model().trainable())
                .isEqualTo(new Trainable.Named(List.of("model.embed_tokens.weight", "model.norm.weight")));
    }

    @Test
    void noPatternTrainsAll() {
        assertThat(Planner.plan(run(Method.SFT)).model().trainable()).isEqualTo(new Trainable.All());
    }

    @Test
    void adaptersAreTrainedInsteadOfTheirMatrices() {
        // Given
        RunSpec run = run(Method.TRACERL);
        run.getModel().setLora(lora(2, ".*q_proj.*", ".*up_proj.weight"));

        // When
        RunPlan plan = Planner.plan(run);

        // Then
        AdapterSettings settings = new AdapterSettings(
                2, 4, List.of("model.layers.0.self_attn.q_proj.weight", "model.layers.0.mlp.up_proj.weight"));
        assertThat(plan.model().trainable()).isEqualTo(new Trainable.Adapted(settings, 7));
        assertThat(plan.output().base(0)).isEmpty();
        assertThat(plan.output().base(3)).hasValue(0);
        assertThat(Planner.plan(run(Method.TRACERL)).output().base(3)).isEmpty();
    }

    @Test
    void adaptersThatCannotBeAreRefused() {
        refused(
                run -> run.getModel().setLora(lora(2, "model\\.embed.*")),
                "model.lora: 'model\\.embed.*' matches no matrix; there are model.layers.N.self_attn.q_proj.weight,");
        refused(
                run -> run.getModel().setLora(lora(9, ".*k_proj.*")),
                "model.lora: rank is 9, but model.layers.0.self_attn.k_proj.weight is 8 x 16");
        refused(run -> run.getModel().setLora(lora(1)), "model.lora: no matrix gets an adapter; name targets");
        refused(
                run -> {
                    run.getModel().setLora(lora(1, ".*k_proj.*"));
                    run.getModel().setTrainable(List.of("model.norm.weight"));
                },
                "model.trainable must be empty with model.lora, which trains adapters instead of parameters");
    }

    private static LoraSpec lora(int rank, String... targets) {
        return LoraSpec.newBuilder()
                .setRank(rank)
                .setAlpha(4)
                .setTargets(List.of(targets))
                .build();
    }

    private static void refused(Consumer<RunSpec> change, String reason) {
        RunSpec run = run(Method.TRACERL);
        change.accept(run);
        assertThatThrownBy(() -> Planner.plan(run))
                .isInstanceOf(RefusedRunException.class)
                .hasMessageContaining(reason);
    }

    private static RunSpec run(Method method) {
        return TestRuns.run("run", method).build();
    }
}
