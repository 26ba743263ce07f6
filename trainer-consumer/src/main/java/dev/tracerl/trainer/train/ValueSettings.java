package dev.tracerl.trainer.train;

import dev.tracerl.core.schedule.LearningRateSchedule;
import dev.tracerl.core.value.StepAdvantage;

/**
 * How a value model judges and is trained. It is trained in as many parts and passes as the policy.
 *
 * @param advantage from rewards and values to returns and advantages
 * @param clip how far a value moves freely from the one before the update, positive
 * @param trainEvery it is trained in every step whose number is a multiple of this, at least 1
 * @param schedule its learning rate by update of the policy
 */
public record ValueSettings(StepAdvantage advantage, double clip, int trainEvery, LearningRateSchedule schedule) {

    public ValueSettings {
        if (!(clip > 0 && clip < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("clip is " + clip + ", must be finite and positive");
        }
        if (trainEvery < 1) {
            throw new IllegalArgumentException("trainEvery is " + trainEvery + ", must be at least 1");
        }
    }

    /** Whether a step trains the value model. */
    boolean trains(long step) {
        return step % trainEvery == 0;
    }
}
