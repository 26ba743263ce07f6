package dev.tracerl.trainer.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the service is. Thread-safe.
 *
 * <pre>
 *   idle --assigned--> working &lt;--failure, retry--> retrying
 *                        | \--the run ended--> over
 *                        | \--refused, diverged, would fail again--> failed
 *                        | \--another trainer took over--> superseded
 *                         \--no memory, no device, no access--> dead, the process ends
 * </pre>
 */
public final class Condition {

    private static final String WORKING = "working";

    private volatile Snapshot now = new Snapshot("idle", Optional.empty(), false);
    private volatile @Nullable String end;

    /**
     * The condition at one moment.
     *
     * @param activity idle, working, retrying, over, failed, superseded or dead
     * @param reason why it does not work
     * @param broken whether it has stopped and does not wait for the next run either
     */
    public record Snapshot(String activity, Optional<String> reason, boolean broken) {}

    /** The condition now. */
    public Snapshot now() {
        Snapshot current = now;
        String ended = end;
        return ended != null && current.activity().equals(WORKING)
                ? new Snapshot("over", Optional.of(ended), false)
                : current;
    }

    void working() {
        now = new Snapshot(WORKING, Optional.empty(), false);
    }

    /** The run has ended: all work that is left is to close groups that arrive. */
    void over(String reason) {
        end = reason;
    }

    void retrying(String reason) {
        now = new Snapshot("retrying", Optional.of(reason), false);
    }

    void failed(String reason) {
        now = new Snapshot("failed", Optional.of(reason), false);
    }

    void superseded(String reason) {
        now = new Snapshot("superseded", Optional.of(reason), true);
    }

    void dead(String reason) {
        now = new Snapshot("dead", Optional.of(reason), true);
    }
}
