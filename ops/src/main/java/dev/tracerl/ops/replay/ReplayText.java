package dev.tracerl.ops.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A replay's result for people. */
public final class ReplayText {

    private ReplayText() {}

    /** What came of it and, if something differs, why. */
    public static List<String> lines(ReplayResult result) {
        ReplayResult.Difference difference = result.difference();
        if (difference == null) {
            return List.of(String.format(
                    Locale.ROOT,
                    "%d steps trained again in %.0f s: all %d published versions have their recorded sha256",
                    result.steps(),
                    result.seconds(),
                    result.versions().size()));
        }
        List<String> lines = new ArrayList<>();
        lines.add("Step " + difference.step() + " is the first that comes out differently:");
        difference.what().forEach(what -> lines.add("  " + what));
        lines.add(reason(result));
        return lines;
    }

    private static String reason(ReplayResult result) {
        List<String> others = result.otherBuilds();
        if (!others.isEmpty()) {
            return "The likely reason is the build: the run was trained by %s, this is %s. Replay with that build."
                    .formatted(String.join(" and ", others), result.build());
        }
        return result.trainedBy().isEmpty()
                ? "Unless records were changed, the processor or the build of the trainer is another one than that of"
                        + " the run."
                : "The run was trained by this build. Unless records were changed, the processor is another one.";
    }
}
