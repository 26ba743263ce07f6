package dev.tracerl.ops.cli;

import dev.tracerl.ops.weights.RunActivity;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.ops.weights.WeightPins;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps versions, and stops keeping them. */
final class WeightsPinCommand {

    private WeightsPinCommand() {}

    /** How a version stands now. */
    record Pinned(String runId, long version, boolean pinned) {}

    /** Keeps a version. */
    @Command(
            name = "pin",
            description = "Keep a version's bytes, whatever the run's weight plan says.",
            mixinStandardHelpOptions = true)
    static final class Pin implements Callable<Integer> {

        @Mixin
        private VersionOptions version = new VersionOptions();

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            new WeightPins(version.weights()).pin(version.version());
            output.result(
                    new Pinned(version.runId(), version.version(), true),
                    "Version %d of run %s is pinned: its bytes stay.".formatted(version.version(), version.runId()));
            return 0;
        }
    }

    /** Stops keeping a version. */
    @Command(
            name = "unpin",
            description = "Leave a pinned version to the run's weight plan again.",
            mixinStandardHelpOptions = true)
    static final class Unpin implements Callable<Integer> {

        @Mixin
        private VersionOptions version = new VersionOptions();

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            RunWeights weights = version.weights();
            WeightPins pins = new WeightPins(weights);
            Pinned unpinned = new Pinned(version.runId(), version.version(), false);
            if (!pins.pinned().contains(version.version())) {
                output.result(
                        unpinned, "Version %d of run %s is not pinned.".formatted(version.version(), version.runId()));
                return 0;
            }
            pins.unpin(version.version());
            boolean over = RunActivity.of(weights.connection(), weights.serdes(), version.runId())
                    .isOver();
            String then = over
                    ? "the run is over, so its bytes stay nevertheless"
                    : "the next published version drops it if the weight plan does";
            output.result(
                    unpinned,
                    "Version %d of run %s is not pinned any more; %s."
                            .formatted(version.version(), version.runId(), then));
            return 0;
        }
    }
}
