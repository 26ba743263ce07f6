package dev.tracerl.ops.cli;

import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.run.Change;
import dev.tracerl.ops.run.DemonstrationSource;
import dev.tracerl.ops.run.ForkPlan;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.ops.weights.RunActivity;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.OptimizerStart;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a run from a version of another one. */
@Command(
        name = "fork",
        description = "Make a run that starts from a version of another one with changed settings.",
        footer = {
            "The other run's log stays as it is. Keys are those of a run file, as in",
            "  --set sampler.maxTokens=48 --set 'evaluation[*].sampler.maxTokens=48' --set stop.targetAccuracy=null"
        },
        mixinStandardHelpOptions = true)
final class ForkCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Option(
            names = "--at",
            paramLabel = "VERSION",
            required = true,
            converter = Formats.Version.class,
            description = "Version to start from.")
    private long version;

    @Option(
            names = "--as",
            paramLabel = "RUN",
            required = true,
            converter = Formats.Name.class,
            description = "Name of the new run.")
    @SuppressWarnings("NullAway.Init")
    private String fork;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Change a setting; may be repeated.")
    private List<String> settings = List.of();

    @Option(
            names = "--changes",
            paramLabel = "FILE",
            description = "YAML file of changed settings, such as runs/forks/block8.yaml; --set comes after it.")
    private @Nullable Path file;

    @Option(
            names = "--keep-optimizer",
            description = "Go on with the optimizer's moments and schedule, and the value model, as they were at that"
                    + " version; it must have a trainer state.")
    private boolean keepOptimizer;

    @Option(names = "--start", description = "Start it and follow it to its end.")
    private boolean start;

    @Mixin
    private TakeOverOption takeOver = new TakeOverOption();

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /**
     * What the command did.
     *
     * @param created false if the same fork was there already
     * @param result how the fork ended, if it was started
     */
    record Forked(
            String runId,
            String origin,
            long version,
            String sha256,
            List<String> changes,
            boolean created,
            @Nullable RunResult result) {}

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        List<Change> changes = changes();
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        RunSpec origin = run.find(connection, serdes);
        RunWeights weights = new RunWeights(connection, serdes, run.runId());
        WeightManifest manifest = weights.requireStored(version);
        OptimizerStart optimizer = keepOptimizer ? OptimizerStart.KEEP : OptimizerStart.FRESH;
        PlannedRun planned = ForkPlan.of(origin, manifest, fork, changes, optimizer)
                .demonstratedBy(() -> DemonstrationSource.of(connection, run.runId()));
        if (keepOptimizer) {
            weights.requireState(version);
        }
        Screen screen = output.screen();
        RunShow show = new RunShow(cluster, connection, serdes, screen, takeOver);
        if (start) {
            show.requireFree(fork);
        }
        boolean created = new RunCreator(connection, serdes).create(planned);
        List<String> differences =
                Objects.requireNonNull(planned.spec().getFork()).getChanges();
        tell(created, differences, screen);
        if (!start) {
            warn(origin, RunActivity.of(connection, serdes, run.runId()), screen);
            screen.line("Start it: tracerl start --run " + fork);
        }
        RunResult result = start ? show.follow(planned) : null;
        output.result(new Forked(fork, run.runId(), version, manifest.getSha256(), differences, created, result));
        return result == null ? ExitCode.SUCCESS : result.exitCode();
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>(file == null ? List.of() : Change.read(file));
        try {
            settings.stream().map(Change::parse).forEach(changes::add);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--set: " + e.getMessage(), e);
        }
        return changes;
    }

    private void tell(boolean created, List<String> differences, Screen screen) {
        screen.line("run %s %s: %s@%d%s"
                .formatted(
                        fork,
                        created ? "is forked from" : "is there already, forked from",
                        run.runId(),
                        version,
                        differences.isEmpty() ? "" : " with"));
        differences.forEach(difference -> screen.line("  " + difference));
    }

    /** A running run drops what the fork needs until it has started. A pin keeps a version, but not a state. */
    private void warn(RunSpec origin, RunActivity activity, Screen screen) {
        if (activity.problem().isEmpty()) {
            return;
        }
        screen.line(
                keepOptimizer
                        ? "Run %s goes on and keeps its newest %d trainer states only: start the fork before that of version %d is dropped"
                                .formatted(run.runId(), origin.getWeights().getKeepStates(), version)
                        : "Run %s goes on and may drop version %d before the fork has started: tracerl weights pin --run %s %d"
                                .formatted(run.runId(), version, run.runId(), version));
    }
}
