package dev.tracerl.ops.cli;

import dev.tracerl.ops.weights.RunActivity;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.ops.weights.WeightPins;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
        private ClusterOptions cluster = new ClusterOptions();

        @Mixin
        private RunOption run = new RunOption();

        @Parameters(index = "0", paramLabel = "VERSION", description = "The version.")
        private long version;

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            RunWeights weights = weights(cluster, run);
            new WeightPins(weights).pin(version);
            output.result(
                    new Pinned(run.runId(), version, true),
                    "Version %d of run %s is pinned: its bytes stay.".formatted(version, run.runId()));
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
        private ClusterOptions cluster = new ClusterOptions();

        @Mixin
        private RunOption run = new RunOption();

        @Parameters(index = "0", paramLabel = "VERSION", description = "The version.")
        private long version;

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            RunWeights weights = weights(cluster, run);
            WeightPins pins = new WeightPins(weights);
            Pinned unpinned = new Pinned(run.runId(), version, false);
            if (!pins.pinned().contains(version)) {
                output.result(unpinned, "Version %d of run %s is not pinned.".formatted(version, run.runId()));
                return 0;
            }
            pins.unpin(version);
            boolean over = RunActivity.of(weights.connection(), weights.serdes(), run.runId())
                    .isOver();
            String then = over
                    ? "the run is over, so its bytes stay nevertheless"
                    : "the next published version drops it if the weight plan does";
            output.result(
                    unpinned, "Version %d of run %s is not pinned any more; %s.".formatted(version, run.runId(), then));
            return 0;
        }
    }

    private static RunWeights weights(ClusterOptions cluster, RunOption run) {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        run.find(connection, serdes);
        return new RunWeights(connection, serdes, run.runId());
    }
}
