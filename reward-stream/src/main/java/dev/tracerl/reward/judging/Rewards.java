package dev.tracerl.reward.judging;

import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;

/** Where the reward of a sample comes from. */
public final class Rewards {

    private Rewards() {}

    /** Whether it is what a verifier found, rather than what the run's rules gave for the length or for want of a verdict. */
    public static boolean isOwn(SampleOutcome outcome) {
        return outcome.getStatus() == SampleResult.REWARDED && outcome.getReason() == null;
    }
}
