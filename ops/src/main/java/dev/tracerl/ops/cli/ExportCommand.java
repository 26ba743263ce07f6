package dev.tracerl.ops.cli;

import dev.tracerl.ops.export.ExportReport;
import dev.tracerl.ops.export.ExportSettings;
import dev.tracerl.ops.export.ExportTable;
import dev.tracerl.ops.export.ExportText;
import dev.tracerl.ops.export.RunExport;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a run's log as Parquet. */
@Command(
        name = "export",
        description = "Write a run's log as Parquet tables. Called again, it adds what is new and never writes a row "
                + "twice, also after it was killed.",
        footer = "A trajectory is exported when its group has ended. See docs/offline-analysis.md.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "Folder; several runs may share it.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--tables",
            paramLabel = "TABLE",
            split = ",",
            description = "Some of ${COMPLETION-CANDIDATES} (default: all). A folder keeps the ones it began with.")
    private Set<ExportTable> tables = EnumSet.allOf(ExportTable.class);

    @Option(
            names = "--rows-per-file",
            paramLabel = "N",
            converter = Formats.Amount.class,
            description = "Rows of a file (default: ${DEFAULT-VALUE}).")
    private long rowsPerFile = ExportSettings.DEFAULT_ROWS;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        RunSpec spec = run.find(connection, serdes);
        Screen screen = output.screen();
        ExportReport report = new RunExport(
                        connection, serdes, (phase, done, total) -> screen.progress(phase, done, total, ""))
                .export(spec, new ExportSettings(folder, new TreeSet<>(tables), rowsPerFile));
        screen.clear();
        output.result(report, () -> ExportText.lines(report));
        return 0;
    }
}
