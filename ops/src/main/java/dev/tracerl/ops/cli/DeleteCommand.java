package dev.tracerl.ops.cli;

import dev.tracerl.ops.deletion.RunDeletion;
import dev.tracerl.ops.deletion.RunRemains;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Deletes a run. */
@Command(
        name = "delete",
        description = "Delete a run for ever: its topics, consumer groups and files of weights. Its name is free then.",
        footer = {
            "Nothing of the run is left but the tasks of its sets, which other runs may share. To keep a copy first:",
            "  tracerl archive --run R --to DIR",
            "Without --yes it shows what there is and asks for the run's name or, where nobody can answer, refuses.",
            "If it is interrupted, call it again."
        },
        mixinStandardHelpOptions = true)
final class DeleteCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Option(names = "--yes", description = "Delete without asking.")
    private boolean yes;

    @Option(
            names = "--force",
            description = "Delete although versions are pinned or other runs begin with one of them.")
    private boolean force;

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /**
     * What was deleted.
     *
     * @param dependents what needed the run's versions, in words
     */
    record Deleted(
            String runId,
            List<RunRemains.Held> topics,
            long bytes,
            List<String> groups,
            List<String> folders,
            List<String> dependents) {

        static Deleted of(RunRemains remains, List<String> dependents) {
            return new Deleted(
                    remains.runId(),
                    remains.topics(),
                    remains.bytes(),
                    remains.groups(),
                    remains.folders().stream().map(Path::toString).toList(),
                    dependents);
        }
    }

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        RunSpec spec = run.find(connection, serdes);
        RunDeletion deletion = new RunDeletion(connection, serdes);
        deletion.requireAtRest(run.runId(), this::tell);
        List<String> dependents = deletion.dependents(run.runId());
        requireFree(dependents);
        RunRemains remains = deletion.find(spec);
        if (!yes) {
            lines(remains, dependents).forEach(this::tell);
            confirm();
        }
        deletion.delete(remains, this::tell);
        output.result(Deleted.of(remains, dependents), line(remains));
        return ExitCode.SUCCESS;
    }

    private void requireFree(List<String> dependents) {
        if (!dependents.isEmpty() && !force) {
            throw new BadInputException("run %s is needed: %s. With --force it is deleted nevertheless"
                    .formatted(run.runId(), String.join("; ", dependents)));
        }
    }

    private void confirm() {
        if (output.isJson() || !ClusterOptions.isTerminal()) {
            throw new BadInputException("nothing is deleted without --yes");
        }
        PrintWriter err = command.commandLine().getErr();
        err.print("To delete this for ever, type the run's name: ");
        err.flush();
        Scanner answer = new Scanner(System.in, Charset.defaultCharset());
        if (!answer.hasNextLine() || !answer.nextLine().strip().equals(run.runId())) {
            throw new BadInputException("that is not its name: nothing is deleted");
        }
    }

    private void tell(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private static List<String> lines(RunRemains remains, List<String> dependents) {
        Table table = new Table("TOPIC", "OFFSETS", "SIZE");
        remains.topics().forEach(held -> table.row(held.topic(), held.offsets(), TopicsCommand.size(held.bytes())));
        table.row("total", remains.offsets(), TopicsCommand.size(remains.bytes()));
        List<String> lines = new ArrayList<>(table.lines());
        remains.groups().forEach(group -> lines.add("consumer group " + group));
        remains.folders().forEach(folder -> lines.add("folder " + folder));
        dependents.forEach(dependent -> lines.add("! " + dependent));
        return lines;
    }

    private static String line(RunRemains remains) {
        return "Run %s is deleted: %d topics with %s%s"
                .formatted(
                        remains.runId(),
                        remains.topics().size(),
                        TopicsCommand.size(remains.bytes()),
                        remains.folders().isEmpty() ? "" : " and its files of weights");
    }
}
