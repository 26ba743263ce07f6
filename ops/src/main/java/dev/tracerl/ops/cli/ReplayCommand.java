package dev.tracerl.ops.cli;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.replay.ReplayResult;
import dev.tracerl.ops.replay.Replayer;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains recorded steps of a run again and compares the weights. */
@Command(
        name = "replay",
        description = "Train recorded steps of a run again, from its log alone, and compare every published version. "
                + "Needs broker and registry, no service; writes nothing to the log.",
        footer = "Exit code 0: every version has its recorded sha256; 1: one differs; 2: the log lacks what it takes.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Option(
            names = "--from",
            paramLabel = "VERSION",
            description = "Version to start at; the newest trainer state up to it is taken (default: 0).")
    private long from;

    @Option(names = "--to", paramLabel = "VERSION", description = "Version to end with (default: the newest).")
    private @Nullable Long to;

    @Option(names = "--json", description = "Write the result as JSON; progress goes to the error output.")
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
        long last = to == null ? newest(connection, serdes) : to;
        PrintWriter out = command.commandLine().getOut();
        PrintWriter prose = json ? command.commandLine().getErr() : out;
        Screen screen = new Screen(prose, ClusterOptions.isTerminal());
        ReplayResult result = new Replayer(StackOptions.installation(), cluster.dataDir(), connection, screen)
                .replay(run.runId(), from, last);
        if (json) {
            out.println(JsonText.of(result));
        } else {
            show(result, screen);
        }
        return result.difference() == null ? ExitCode.SUCCESS : ExitCode.FINDING;
    }

    private long newest(Connection connection, AvroSerdes serdes) {
        WeightManifest manifest = TopicReader.latest(
                        connection, serdes, RunTopics.of(run.runId()).weights())
                .get(run.runId());
        if (manifest == null) {
            throw new BadInputException("run " + run.runId() + " has not published any weights yet");
        }
        return manifest.getVersion();
    }

    private static void show(ReplayResult result, Screen screen) {
        ReplayResult.Difference difference = result.difference();
        if (difference == null) {
            screen.line(String.format(
                    Locale.ROOT,
                    "%d steps trained again in %.0f s: all %d published versions have their recorded sha256",
                    result.steps(),
                    result.seconds(),
                    result.versions().size()));
            return;
        }
        screen.line("Step " + difference.step() + " is the first that comes out differently:");
        difference.what().forEach(what -> screen.line("  " + what));
        screen.line(
                "Unless records were changed, the processor or the build of the trainer is another one than that of the"
                        + " run.");
    }
}
