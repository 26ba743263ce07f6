package dev.tracerl.trainer.replay;

import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.trainer.train.TrainerBuild;
import java.util.List;
import java.util.Objects;

/**
 * Builds of the trainer: another one may round differently.
 *
 * @param own this one
 * @param recorded those that trained the steps, in order; empty if the steps do not say
 */
public record Builds(String own, List<String> recorded) {

    public Builds {
        recorded = List.copyOf(recorded);
    }

    /** This build, and those of steps. */
    static Builds of(List<TrainStep> steps) {
        return new Builds(
                TrainerBuild.name(),
                steps.stream()
                        .map(TrainStep::getBuild)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
    }
}
