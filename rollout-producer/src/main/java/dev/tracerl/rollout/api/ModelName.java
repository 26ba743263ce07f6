package dev.tracerl.rollout.api;

import dev.tracerl.rollout.completion.Problem;
import dev.tracerl.rollout.completion.RefusedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run, or a version of it.
 *
 * @param version absent for the newest
 */
record ModelName(String run, @Nullable Long version) {

    private static final Pattern PINNED = Pattern.compile("(.+)@(\\d{1,18})");

    static ModelName parse(String name) {
        Matcher pinned = PINNED.matcher(name);
        return pinned.matches()
                ? new ModelName(pinned.group(1), Long.parseLong(pinned.group(2)))
                : new ModelName(name, null);
    }

    /** @throws RefusedException if it is another run than the one that is sampled */
    ModelName require(String sampled) {
        if (!run.equals(sampled)) {
            throw new RefusedException(Problem.unknownModel("model '" + run + "' is not sampled here; use '" + sampled
                    + "' for the newest weights or '" + sampled + "@VERSION' for a version"));
        }
        return this;
    }
}
