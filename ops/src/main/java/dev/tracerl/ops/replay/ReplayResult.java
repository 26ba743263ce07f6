package dev.tracerl.ops.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a replay.
 *
 * @param startStep step of the trainer state that it started from; 0: the run's first weights
 * @param build build of the trainer that trained them again
 * @param trainedBy builds that trained them first; empty if the steps do not say
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
        String build,
        List<String> trainedBy,
        long steps,
        List<Version> versions,
        @Nullable Difference difference,
        double seconds) {

    public ReplayResult {
        trainedBy = List.copyOf(trainedBy);
        versions = List.copyOf(versions);
    }

    /** Builds other than the one that trained the steps again. */
    public List<String> otherBuilds() {
        return trainedBy.stream().filter(trained -> !trained.equals(build)).toList();
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
