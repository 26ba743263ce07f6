package dev.tracerl.reward.grouping;

import java.time.Duration;
import java.util.Optional;

/**
 * How long checks by workers are waited for.
 *
 * @param timeout from sending a request to sending it again, or to giving up; time in the queue of the workers counts
 * @param attempts how often it is sent at most
 */
public record CheckRules(Duration timeout, int attempts) {

    public CheckRules {
        if (timeout.isNegative() || timeout.isZero() || attempts < 1) {
            throw new IllegalArgumentException(
                    "timeout is " + timeout + " and attempts is " + attempts + ", both must be positive");
        }
    }

    /**
     * The rules of a run.
     *
     * @param timeout the wanted one; absent: as long as all attempts fit into the time of a group
     * @param groupTimeout how long a group is waited for
     */
    public static CheckRules of(Optional<Duration> timeout, int attempts, Duration groupTimeout) {
        return new CheckRules(timeout.orElseGet(() -> groupTimeout.dividedBy(attempts)), attempts);
    }
}
