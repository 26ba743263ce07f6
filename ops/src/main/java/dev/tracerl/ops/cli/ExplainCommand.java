package dev.tracerl.ops.cli;

import dev.tracerl.ops.lineage.Explanation;
import dev.tracerl.ops.lineage.Lineage;
import dev.tracerl.ops.lineage.LineageReader;
import dev.tracerl.ops.lineage.LineageText;
import dev.tracerl.ops.lineage.TrajectoryExplainer;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says where weights or a trajectory come from. */
@Command(
        name = "explain",
        description =
                "Say where weights or a trajectory come from: the chain of steps back to the base, over all runs.",
        footer = "Exit code 0: the log holds all of it; 1: it does not.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    /** One of the two. */
    static final class Subject {

        @Option(
                names = "--weights",
                paramLabel = "SHA|RUN@VERSION",
                required = true,
                description = "The weights; of a SHA-256 the first digits will do.")
        private @Nullable String weights;

        @Option(
                names = "--trajectory",
                paramLabel = "ID",
                required = true,
                description = "The trajectory, as in sudoku-t-000017/3.")
        private @Nullable String trajectory;
    }

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description =
                    "The trajectory's run, if its id names another one: a restored run keeps the ids of the first.")
    private @Nullable String run;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Subject subject;

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        if (subject.weights != null && run != null) {
            throw new ParameterException(
                    command.commandLine(), "--run goes with --trajectory; of weights, give RUN@VERSION");
        }
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        if (subject.weights != null) {
            Lineage lineage = new LineageReader(connection, serdes).of(subject.weights);
            return show(lineage, LineageText.lines(lineage), lineage.findings());
        }
        String id = String.valueOf(subject.trajectory);
        TrajectoryExplainer explainer = new TrajectoryExplainer(connection, serdes);
        Explanation found = run == null ? explainer.explain(id) : explainer.explain(run, id);
        return show(found, LineageText.lines(found), found.findings());
    }

    private int show(Object report, List<String> lines, List<String> findings) {
        output.result(report, () -> lines);
        return findings.isEmpty() ? 0 : 1;
    }
}
