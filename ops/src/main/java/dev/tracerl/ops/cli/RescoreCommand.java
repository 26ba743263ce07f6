package dev.tracerl.ops.cli;

import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.rescore.Range;
import dev.tracerl.ops.rescore.Rescore;
import dev.tracerl.ops.rescore.RescoreReport;
import dev.tracerl.ops.rescore.RescoreText;
import dev.tracerl.ops.run.Change;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Judges logged trajectories again. */
@Command(
        name = "rescore",
        description = "Judge logged trajectories again, and say how rewards, advantages and filters would change.",
        footer = {
            "The new verdicts go to a topic of their own; what counted stays as it is.",
            "Exit code 0: compared, whatever changed; 1: the log contradicts itself."
        },
        mixinStandardHelpOptions = true)
final class RescoreCommand implements Callable<Integer> {

    private static final Pattern GROUPS = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Option(names = "--verifier", paramLabel = "KIND", description = "Verifier (default: that of each task).")
    private @Nullable String verifier;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Give the verifier another input, or change a group rule, as in groups.minMeanReward=0.2.")
    private List<String> settings = List.of();

    @Option(
            names = "--from",
            paramLabel = "STEP",
            converter = Formats.Version.class,
            description = "First step that groups were requested for.")
    private @Nullable Long from;

    @Option(
            names = "--to",
            paramLabel = "STEP",
            converter = Formats.Version.class,
            description = "Last step that groups were requested for.")
    private @Nullable Long to;

    @Option(names = "--groups", paramLabel = "A..B", description = "Numbers of the first and the last group.")
    private @Nullable String groups;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            converter = Formats.Name.class,
            description = "Name of the verdicts (default: the verifier's).")
    private @Nullable String name;

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        Rescore.Trial trial = new Rescore.Trial(
                Optional.ofNullable(verifier), changes(), range(), Objects.requireNonNullElse(name, defaultName()));
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        RunSpec spec = run.find(connection, serdes);
        Screen screen = output.screen();
        RescoreReport report = new Rescore(connection, serdes)
                .run(spec, trial, (done, total) -> screen.progress("rescore", done, total, "groups"));
        screen.clear();
        output.result(report, () -> RescoreText.lines(report));
        return report.findings().isEmpty() ? 0 : 1;
    }

    private String defaultName() {
        return verifier == null ? "again" : verifier;
    }

    private List<Change> changes() {
        try {
            return settings.stream().map(Change::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--set: " + e.getMessage(), e);
        }
    }

    private Range range() {
        if (groups == null) {
            return new Range(
                    0,
                    Long.MAX_VALUE,
                    Objects.requireNonNullElse(from, 0L),
                    Objects.requireNonNullElse(to, Long.MAX_VALUE));
        }
        Matcher numbers = GROUPS.matcher(groups);
        if (!numbers.matches() || from != null || to != null) {
            throw new ParameterException(
                    command.commandLine(), "--groups takes two numbers, as in 0..31, and neither --from nor --to");
        }
        return new Range(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)), 0, Long.MAX_VALUE);
    }
}
