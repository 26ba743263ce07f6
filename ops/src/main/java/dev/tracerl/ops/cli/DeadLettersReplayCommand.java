package dev.tracerl.ops.cli;

import dev.tracerl.ops.deadletters.Letter;
import dev.tracerl.ops.deadletters.LetterBox;
import dev.tracerl.ops.deadletters.LetterReplay;
import dev.tracerl.ops.deadletters.Replayed;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts dead letters back onto the topics they came from. */
@Command(
        name = "replay",
        description = "Put the bytes of dead letters back onto the topics they came from, when the cause is gone. A "
                + "letter is replayed once.",
        mixinStandardHelpOptions = true)
final class DeadLettersReplayCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Parameters(paramLabel = "NUMBER", arity = "0..*", description = "Their numbers, as list shows them.")
    private List<Long> numbers = List.of();

    @Option(names = "--all", description = "Replay all of them.")
    private boolean all;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Replay those whose reason contains this text.")
    private @Nullable String reason;

    @Option(names = "--again", description = "Also those that were replayed already.")
    private boolean again;

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        if (!all && reason == null && numbers.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "say which letters: their numbers, --reason TEXT or --all");
        }
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        run.find(connection, serdes);
        List<Letter> chosen =
                chosen(LetterBox.read(connection, serdes, run.runId()).letters());
        List<Replayed> replayed =
                chosen.isEmpty() ? List.of() : new LetterReplay(connection, run.runId()).replay(chosen, again);
        output.result(replayed, () -> lines(replayed));
        return ExitCode.SUCCESS;
    }

    private List<Letter> chosen(List<Letter> letters) {
        Set<Long> unknown = new TreeSet<>(numbers);
        unknown.removeAll(letters.stream().map(Letter::number).collect(Collectors.toSet()));
        if (!unknown.isEmpty()) {
            throw new BadInputException("run %s has no dead letter %s"
                    .formatted(
                            run.runId(), unknown.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
        Set<Long> wanted = new HashSet<>(numbers);
        return letters.stream()
                .filter(letter -> wanted.isEmpty() || wanted.contains(letter.number()))
                .filter(letter -> reason == null || letter.letter().getReason().contains(reason))
                .toList();
    }

    private static List<String> lines(List<Replayed> replayed) {
        List<String> lines = new ArrayList<>(
                replayed.stream().map(DeadLettersReplayCommand::describe).toList());
        lines.add("%d of %d letters replayed"
                .formatted(replayed.stream().filter(Replayed::done).count(), replayed.size()));
        return lines;
    }

    private static String describe(Replayed letter) {
        return letter.done()
                ? "%d is %s-%d@%d now".formatted(letter.number(), letter.topic(), letter.partition(), letter.offset())
                : "%d is left out: %s".formatted(letter.number(), letter.reason());
    }
}
