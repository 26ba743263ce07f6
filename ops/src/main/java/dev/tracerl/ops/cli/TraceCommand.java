package dev.tracerl.ops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.trace.Trace;
import dev.tracerl.ops.trace.TraceFinder;
import dev.tracerl.ops.trace.TracePage;
import dev.tracerl.ops.trace.TraceText;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one trajectory's denoising. */
@Command(
        name = "trace",
        description = "Show one trajectory's denoising, step by step.",
        mixinStandardHelpOptions = true)
final class TraceCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Parameters(index = "0", paramLabel = "ID", description = "The trajectory, as in sudoku-t-000017/3.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--no-color", description = "Mark what a step revealed by brackets instead of colour.")
    private boolean plain;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a self-contained page that plays the trace.")
    private @Nullable Path html;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        Trace trace = new TraceFinder(connection, serdes).find(run.find(connection, serdes), id);
        if (html != null) {
            Files.writeString(html, TracePage.of(trace), UTF_8);
            output.prose().println("Written: " + html.toAbsolutePath());
        }
        TraceText text = new TraceText(!plain && ClusterOptions.isTerminal());
        output.result(trace, () -> html == null ? text.lines(trace) : List.of());
        return 0;
    }
}
