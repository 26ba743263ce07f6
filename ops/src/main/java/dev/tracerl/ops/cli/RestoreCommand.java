package dev.tracerl.ops.cli;

import dev.tracerl.ops.archive.Manifest;
import dev.tracerl.ops.archive.RestoreOptions;
import dev.tracerl.ops.archive.Restorer;
import dev.tracerl.schemas.client.Connection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts an archive onto a broker. */
@Command(
        name = "restore",
        description =
                "Put an archived run onto a broker. The archive is checked first; a run that is there is refused.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "Folder of the archive.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--as",
            paramLabel = "RUN",
            converter = Formats.Name.class,
            description = "Name of the run there (default: the archived one).")
    private @Nullable String name;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of the topics that are keyed by group (default: 8).")
    private @Nullable Integer partitions;

    @Option(names = "--without-tasks", description = "Leave the task sets of that broker as they are.")
    private boolean withoutTasks;

    @Option(names = "--again", description = "Delete what an interrupted restore left, and start anew.")
    private boolean again;

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /**
     * What the command did.
     *
     * @param files number of files of the weight store FILE
     * @param newest newest version whose bytes are there
     */
    record Restored(
            String runId,
            String archivedAs,
            String cutAt,
            long records,
            long files,
            @Nullable Long newest) {}

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        RestoreOptions options = options();
        Connection connection = cluster.connection();
        PrintWriter progress = command.commandLine().getErr();
        Restorer.Restored done = new Restorer(connection, connection.serdes())
                .restore(folder.toAbsolutePath().normalize(), options, line -> {
                    progress.println(line);
                    progress.flush();
                });
        Manifest manifest = done.manifest();
        Restored restored = new Restored(
                options.name().orElse(manifest.runId()),
                manifest.runId(),
                manifest.cutAt(),
                manifest.segments().mapToLong(Manifest.Segment::records).sum(),
                manifest.archivedFiles().count(),
                done.newest().isPresent() ? done.newest().getAsLong() : null);
        output.result(restored, () -> lines(restored));
        return 0;
    }

    private static List<String> lines(Restored restored) {
        List<String> lines = new ArrayList<>();
        lines.add("Run %s is restored: %d records%s, as of %s"
                .formatted(
                        restored.runId(),
                        restored.records(),
                        restored.files() == 0 ? "" : " and %d files".formatted(restored.files()),
                        restored.cutAt()));
        if (restored.newest() != null) {
            lines.add("To train on: tracerl fork --run %s --at %d --as NAME"
                    .formatted(restored.runId(), restored.newest()));
        }
        return lines;
    }

    private RestoreOptions options() {
        if (partitions != null && partitions < 1) {
            throw usage("--partitions is " + partitions + ", must be at least 1");
        }
        return new RestoreOptions(
                Optional.ofNullable(name),
                partitions == null ? OptionalInt.empty() : OptionalInt.of(partitions),
                !withoutTasks,
                again);
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
