package dev.tracerl.ops.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.WeightSource;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the runs on a broker. */
@Command(name = "runs", description = "List all runs and how far they are.", mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private Output output = new Output();

    /**
     * A run as this command shows it; without a status it was never assigned.
     *
     * @param parent version that it was forked from, or evaluates
     * @param startsFrom version of another run that its first weights are
     */
    @JsonPropertyOrder({
        "runId",
        "method",
        "state",
        "step",
        "version",
        "accuracy",
        "seed",
        "parent",
        "startsFrom",
        "createdAt"
    })
    record Row(
            String runId,
            String method,
            String state,
            @Nullable Long step,
            @Nullable Long version,
            @Nullable Double accuracy,
            long seed,
            @Nullable String parent,
            @Nullable String startsFrom,
            String createdAt) {

        static Row of(RunSpec spec, @Nullable RunStatus status, ShownState shown) {
            return new Row(
                    spec.getRunId(),
                    spec.getMethod().name(),
                    status == null ? "NEW" : shown.state(status),
                    status == null ? null : status.getStep(),
                    status == null ? null : status.getVersion(),
                    status == null ? null : status.getAccuracy(),
                    spec.getSeed(),
                    spec.getParent(),
                    first(spec.getModel().getInitial()),
                    spec.getCreatedAt().toString());
        }
    }

    /** Without a version it is that run's final one. */
    private static @Nullable String first(InitialWeights initial) {
        if (initial.getSource() != WeightSource.RUN) {
            return null;
        }
        return initial.getVersion() == null ? initial.getRunId() : initial.getRunId() + "@" + initial.getVersion();
    }

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        Map<String, RunStatus> statuses = TopicReader.latest(connection, serdes, Topics.RUN_STATUS);
        ShownState shown = ShownState.of(connection, serdes);
        List<Row> rows = TopicReader.latest(connection, serdes, Topics.RUNS).values().stream()
                .sorted(Comparator.comparing(RunSpec::getCreatedAt))
                .map(spec -> Row.of(spec, statuses.get(spec.getRunId()), shown))
                .toList();
        output.result(rows, () -> table(rows).lines());
        return 0;
    }

    private static Table table(List<Row> rows) {
        Table table = new Table(
                "RUN", "METHOD", "STATE", "STEP", "VERSION", "ACCURACY", "SEED", "PARENT", "STARTS FROM", "CREATED");
        rows.forEach(row -> table.row(
                row.runId(),
                row.method(),
                row.state(),
                Objects.requireNonNullElse(row.step(), "-"),
                Objects.requireNonNullElse(row.version(), "-"),
                row.accuracy() == null ? "-" : "%.1f %%".formatted(100 * row.accuracy()),
                row.seed(),
                Objects.requireNonNullElse(row.parent(), "-"),
                Objects.requireNonNullElse(row.startsFrom(), "-"),
                row.createdAt()));
        return table;
    }
}
