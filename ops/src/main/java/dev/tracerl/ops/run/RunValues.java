package dev.tracerl.ops.run;

import dev.tracerl.model.network.Attention;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.rules.ModelRules;
import dev.tracerl.schemas.rules.ModelShape;
import dev.tracerl.schemas.rules.RunRules;
import dev.tracerl.schemas.rules.WrongValue;
import java.util.List;
import java.util.Optional;

/** Checks a run's values by the rules of the services that would refuse it, before anything of it is on the log. */
final class RunValues {

    private RunValues() {}

    /** @param path where the run is in its file */
    static void check(RunSpec run, String path, Problems problems) {
        List<WrongValue> wrong = RunRules.wrong(run);
        List<WrongValue> all = wrong.isEmpty()
                ? shape(run).map(model -> ModelRules.wrong(run, model)).orElse(List.of())
                : wrong;
        all.forEach(value -> problems.add(Problems.at(path, value.key()), value.problem()));
    }

    /** None if the configuration is wrong, which {@link ModelShorthand} tells. */
    private static Optional<ModelShape> shape(RunSpec run) {
        try {
            ModelConfig config = ModelConfig.fromJson(run.getModel().getConfig());
            return Optional.of(new ModelShape(
                    config.maxPositions(), config.attention() == Attention.BLOCK, config.shiftedLogits()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
