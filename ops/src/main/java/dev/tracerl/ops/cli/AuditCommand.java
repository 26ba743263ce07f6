package dev.tracerl.ops.cli;

import dev.tracerl.ops.audit.AuditReport;
import dev.tracerl.ops.audit.AuditText;
import dev.tracerl.ops.audit.RunAudit;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        run.find(connection, serdes);
        AuditReport report = new RunAudit(connection, serdes).of(run.runId());
        output.result(report, () -> AuditText.lines(report));
        return report.findings().isEmpty() ? 0 : 1;
    }
}
