package dev.tracerl.ops.cli;

import dev.tracerl.ops.archive.ArchiveSummary;
import dev.tracerl.ops.archive.Archiver;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies a run's log into a folder. */
@Command(
        name = "archive",
        description = "Copy a run's whole log into a folder of checksummed files. The run may be going on: the archive "
                + "holds the log of one moment. Called again after an interruption, it goes on.",
        mixinStandardHelpOptions = true)
final class ArchiveCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder for the archive.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        RunSpec spec = run.find(connection, serdes);
        Path target = folder.toAbsolutePath().normalize();
        PrintWriter progress = command.commandLine().getErr();
        ArchiveSummary summary =
                ArchiveSummary.of(target.toString(), new Archiver(connection, serdes).archive(spec, target, line -> {
                            progress.println(line);
                            progress.flush();
                        }));
        output.result(summary, () -> lines(summary));
        return summary.missing().isEmpty() ? ExitCode.SUCCESS : ExitCode.FINDING;
    }

    private static List<String> lines(ArchiveSummary summary) {
        Table table = new Table("TOPIC", "PARTITIONS", "RECORDS", "BYTES");
        summary.topics().forEach(row -> table.row(row.topic(), row.partitions(), row.records(), row.bytes()));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("Run %s as of %s: %d records in %s"
                .formatted(summary.runId(), summary.cutAt(), summary.records(), summary.folder()));
        if (summary.files() > 0) {
            lines.add("with %d files of weights and trainer states, %d bytes"
                    .formatted(summary.files(), summary.fileBytes()));
        }
        lines.addAll(summary.missing());
        return lines;
    }
}
