package dev.tracerl.ops.cli;

import dev.tracerl.ops.run.TaskSetLoader;
import dev.tracerl.ops.tasks.TaskFile;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.verifiers.Verifiers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads a published file as a task set. */
@Command(
        name = "load",
        description = "Load a published file of tasks as a task set; a second time changes nothing.",
        mixinStandardHelpOptions = true)
final class TasksLoadCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "Kind of the tasks: math, code, countdown, sudoku, choice, exact or judge.")
    @SuppressWarnings("NullAway.Init")
    private String kind;

    @Option(
            names = "--set",
            required = true,
            paramLabel = "NAME",
            converter = Formats.Name.class,
            description = "Name of the task set.")
    @SuppressWarnings("NullAway.Init")
    private String set;

    @Parameters(index = "0", paramLabel = "FILE", description = "JSON array, JSON lines, or .csv with a heading.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /** What the command did. */
    record Loaded(String set, int written, int existing, int badLines) {}

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw usage("cannot read file " + file);
        }
        CommandLog.toFile(cluster.dataDir());
        PrintWriter errors = command.commandLine().getErr();
        AtomicInteger bad = new AtomicInteger();
        List<Task> tasks = taskFile().read(set, file, (line, reason) -> {
            bad.incrementAndGet();
            errors.println(file + ":" + line + ": " + reason);
        });
        Connection connection = cluster.connection();
        int written = new TaskSetLoader(connection, connection.serdes()).load(set, tasks);
        Loaded loaded = new Loaded(set, written, tasks.size() - written, bad.get());
        output.result(
                loaded,
                "%s: %d tasks written, %d there already, %d bad lines"
                        .formatted(set, written, loaded.existing(), loaded.badLines()));
        return bad.get() == 0 ? 0 : 1;
    }

    private TaskFile taskFile() {
        try {
            return new TaskFile(kind, Verifiers.byKind().get(kind));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
