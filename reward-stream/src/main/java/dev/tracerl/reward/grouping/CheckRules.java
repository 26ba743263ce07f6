package dev.tracerl.reward.grouping;

import java.time.Duration;

/**
 * How long checks by workers are waited for.
 *
 * @param timeout from sending a request to sending it again, or to giving up
 * @param attempts how often it is sent at most
 */
public record CheckRules(Duration timeout, int attempts) {

    public CheckRules {
        if (timeout.isNegative() || timeout.isZero() || attempts < 1) {
            throw new IllegalArgumentException(
                    "timeout is " + timeout + " and attempts is " + attempts + ", both must be positive");
        }
    }
}
