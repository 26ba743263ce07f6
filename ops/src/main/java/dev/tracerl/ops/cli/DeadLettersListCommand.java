package dev.tracerl.ops.cli;

import dev.tracerl.ops.deadletters.LetterBox;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists dead letters. */
@Command(name = "list", description = "List the dead letters of a run, and why.", mixinStandardHelpOptions = true)
final class DeadLettersListCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        return list(cluster, run.runId(), json, command.commandLine().getOut());
    }

    static int list(ClusterOptions cluster, String runId, boolean json, PrintWriter out) {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        RunOption.find(runId, connection, serdes);
        LetterBox box = LetterBox.read(connection, serdes, runId);
        List<LetterRow> rows = box.letters().stream().map(LetterRow::of).toList();
        if (json) {
            out.println(JsonText.of(rows));
            return ExitCode.SUCCESS;
        }
        rows.forEach(row -> out.println(row.text()));
        if (box.undecodable() > 0) {
            out.println(box.undecodable() + " records of the topic are no dead letters");
        }
        out.println(rows.isEmpty() ? "Run " + runId + " has no dead letters." : rows.size() + " dead letters");
        return ExitCode.SUCCESS;
    }
}
