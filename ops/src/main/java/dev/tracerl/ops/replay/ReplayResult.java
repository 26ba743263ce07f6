package dev.tracerl.ops.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a replay.
 *
 * @param startStep step of the trainer state that it started from; 0: the run's first weights
 * @param steps steps that were trained again
 * @param versions published versions that came out as they were recorded
 * @param difference the first step that came out differently; absent if there is none
 */
public record ReplayResult(
        String runId,
        long from,
        long to,
        long startStep,
        String device,
        int threads,
        long steps,
        List<Version> versions,
        @Nullable Difference difference,
        double seconds) {

    public ReplayResult {
        versions = List.copyOf(versions);
    }

    /** A version with its recorded checksum. */
    public record Version(long version, String sha256) {}

    /**
     * A step that came out differently.
     *
     * @param step its number
     * @param version the first version whose bytes show it
     * @param what one sentence per difference
     */
    public record Difference(long step, long version, List<String> what) {

        public Difference {
            what = List.copyOf(what);
        }
    }
}
