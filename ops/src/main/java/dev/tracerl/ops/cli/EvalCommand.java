package dev.tracerl.ops.cli;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.run.EvaluationRun;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Evaluates a version of a run on the run's evaluation sets. */
@Command(
        name = "eval",
        description = "Evaluate a version of a run on its evaluation sets.",
        mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(
            index = "0",
            paramLabel = "RUN[@VERSION]",
            description = "The run; without a version its final one, or its newest while it runs.")
    @SuppressWarnings("NullAway.Init")
    private String run;

    @Mixin
    private TakeOverOption takeOver = new TakeOverOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        RunReference reference = RunReference.parse(run);
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        RunSpec spec = RunOption.find(reference.runId(), connection, serdes);
        Map<String, RunStatus> statuses = TopicReader.latest(connection, serdes, Topics.RUN_STATUS);
        long version = reference.version().orElseGet(() -> newest(spec, statuses.get(spec.getRunId())));
        PlannedRun evaluation = EvaluationRun.of(spec, version);
        RunResult result = new RunShow(cluster, connection, serdes, output.screen(), takeOver).follow(evaluation);
        output.result(EvaluationResult.of(spec.getRunId(), version, result));
        return result.exitCode();
    }

    private static long newest(RunSpec spec, @Nullable RunStatus status) {
        if (status == null || status.getVersion() < 0) {
            throw new BadInputException("run " + spec.getRunId() + " has no weights yet");
        }
        return Optional.ofNullable(status.getFinalVersion()).orElse(status.getVersion());
    }
}
