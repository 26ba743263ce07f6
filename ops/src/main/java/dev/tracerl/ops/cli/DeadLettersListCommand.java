package dev.tracerl.ops.cli;

import dev.tracerl.ops.deadletters.LetterBox;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists dead letters. */
@Command(name = "list", description = "List the dead letters of a run, and why.", mixinStandardHelpOptions = true)
final class DeadLettersListCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        return list(cluster, run.runId(), output);
    }

    static int list(ClusterOptions cluster, String runId, Output output) {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        RunOption.find(runId, connection, serdes);
        LetterBox box = LetterBox.read(connection, serdes, runId);
        List<LetterRow> rows = box.letters().stream().map(LetterRow::of).toList();
        output.result(rows, () -> lines(runId, rows, box.undecodable()));
        return ExitCode.SUCCESS;
    }

    private static List<String> lines(String runId, List<LetterRow> rows, long undecodable) {
        List<String> lines = new ArrayList<>(rows.stream().map(LetterRow::text).toList());
        if (undecodable > 0) {
            lines.add(undecodable + " records of the topic are no dead letters");
        }
        lines.add(rows.isEmpty() ? "Run " + runId + " has no dead letters." : rows.size() + " dead letters");
        return lines;
    }
}
