package dev.tracerl.trainer.train;

import dev.tracerl.core.schedule.LearningRateSchedule;
import dev.tracerl.model.Build;
import java.util.List;

/** The build that this trainer is, as its steps name it. */
public final class TrainerBuild {

    private static final String NAME = Build.name(List.of(LearningRateSchedule.class, TrainerBuild.class));

    private TrainerBuild() {}

    /** Name of the build. */
    public static String name() {
        return NAME;
    }
}
