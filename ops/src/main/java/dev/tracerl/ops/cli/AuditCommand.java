package dev.tracerl.ops.cli;

import dev.tracerl.ops.audit.AuditReport;
import dev.tracerl.ops.audit.AuditText;
import dev.tracerl.ops.audit.RunAudit;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Accounts for everything that a run requested. */
@Command(
        name = "audit",
        description = "Account for every requested group and trajectory of a run, from its log alone.",
        footer = "Exit code 0: everything is accounted for; 1: something is not.",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Option(names = "--json", description = "Write the account as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        run.find(connection, serdes);
        AuditReport report = new RunAudit(connection, serdes).of(run.runId());
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(JsonText.of(report));
        } else {
            AuditText.lines(report).forEach(out::println);
        }
        return report.findings().isEmpty() ? 0 : 1;
    }
}
