package dev.tracerl.ops.rescore;

import dev.tracerl.schemas.avro.VerdictOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A response that counted in its group.
 *
 * @param trajectoryId the trajectory
 * @param sample index within the group
 * @param answer its text
 * @param cut whether it hit the length limit
 * @param outcome what the verifier found
 * @param score its score; none if it could not be judged
 * @param reward the reward that its group's outcome records; none if it had none
 */
record LoggedSample(
        String trajectoryId,
        int sample,
        String answer,
        boolean cut,
        VerdictOutcome outcome,
        @Nullable Double score,
        @Nullable Double reward) {}
