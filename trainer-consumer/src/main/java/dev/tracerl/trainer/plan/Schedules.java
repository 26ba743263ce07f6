package dev.tracerl.trainer.plan;

import dev.tracerl.core.schedule.LearningRateSchedule;
import dev.tracerl.schemas.avro.OptimizerSpec;

/** The learning rates of a run. */
public final class Schedules {

    private Schedules() {}

    /** That of the policy. */
    public static LearningRateSchedule of(OptimizerSpec optimizer) {
        return of(optimizer, optimizer.getLearningRate());
    }

    /** The same with another peak. */
    static LearningRateSchedule of(OptimizerSpec optimizer, double peak) {
        LearningRateSchedule.Kind kind = switch (optimizer.getSchedule()) {
            case CONSTANT -> LearningRateSchedule.Kind.CONSTANT;
            case LINEAR -> LearningRateSchedule.Kind.LINEAR;
            case COSINE -> LearningRateSchedule.Kind.COSINE;
        };
        return new LearningRateSchedule(
                kind, peak, optimizer.getRampUpdates(), optimizer.getTotalUpdates(), optimizer.getMinScale());
    }
}
