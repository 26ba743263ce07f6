package dev.tracerl.ops.cli;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.replay.ReplayResult;
import dev.tracerl.ops.replay.ReplayText;
import dev.tracerl.ops.replay.Replayer;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            converter = Formats.Version.class,
            description = "Version to start at; the newest trainer state up to it is taken (default: 0).")
    private long from;

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            converter = Formats.Version.class,
            description = "Version to end with (default: the newest).")
    private @Nullable Long to;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        run.find(connection, serdes);
        long last = to == null ? newest(connection, serdes) : to;
        Screen screen = output.screen();
        ReplayResult result = new Replayer(StackOptions.installation(), cluster.dataDir(), connection, screen)
                .replay(run.runId(), from, last);
        output.result(result, () -> ReplayText.lines(result));
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
}
