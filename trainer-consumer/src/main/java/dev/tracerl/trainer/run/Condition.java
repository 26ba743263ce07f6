package dev.tracerl.trainer.run;

import java.util.Optional;

/**
 * How the service is. Thread-safe.
 *
 * <pre>
 *   idle --assigned--> working &lt;--failure, retry--> retrying
 *                         \--refused, diverged, dead--> failed
 * </pre>
 */
public final class Condition {

    private volatile Snapshot now = new Snapshot("idle", Optional.empty(), false);

    /**
     * The condition at one moment.
     *
     * @param activity idle, working, retrying or failed
     * @param reason why it does not work
     * @param broken whether it does not do what it was assigned to
     */
    public record Snapshot(String activity, Optional<String> reason, boolean broken) {}

    /** The condition now. */
    public Snapshot now() {
        return now;
    }

    void working() {
        now = new Snapshot("working", Optional.empty(), false);
    }

    void retrying(String reason) {
        now = new Snapshot("retrying", Optional.of(reason), true);
    }

    void failed(String reason) {
        now = new Snapshot("failed", Optional.of(reason), true);
    }
}
