package dev.tracerl.ops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.trace.Trace;
import dev.tracerl.ops.trace.TraceFinder;
import dev.tracerl.ops.trace.TracePage;
import dev.tracerl.ops.trace.TraceText;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Option(names = "--json", description = "Write the trace as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        run.find(connection, serdes);
        Trace trace = new TraceFinder(connection, serdes)
                .find(run.runId(), id)
                .orElseThrow(() -> new BadInputException("run %s has no trajectory %s; ids look like %s-t-000000/0"
                        .formatted(run.runId(), id, run.runId())));
        PrintWriter out = command.commandLine().getOut();
        if (html != null) {
            Files.writeString(html, TracePage.of(trace), UTF_8);
            (json ? command.commandLine().getErr() : out).println("Written: " + html.toAbsolutePath());
        }
        if (json) {
            out.println(JsonText.of(trace));
        } else if (html == null) {
            new TraceText(!plain && ClusterOptions.isTerminal()).lines(trace).forEach(out::println);
        }
        return 0;
    }
}
