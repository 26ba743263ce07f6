package dev.tracerl.ops.cli;

import dev.tracerl.ops.experiment.Experiment;
import dev.tracerl.ops.experiment.ExperimentOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares methods or settings over several seeds. */
@Command(
        name = "experiment",
        description = "Compare variants of a run over several seeds; table and picture come from the log's records.",
        mixinStandardHelpOptions = true)
final class ExperimentCommand implements Callable<Integer> {

    @Mixin
    private StackOptions stack = new StackOptions();

    @Parameters(
            index = "0",
            paramLabel = "NAME|FILE",
            description = "A file, or the name of one in the folder experiments, such as lag.")
    @SuppressWarnings("NullAway.Init")
    private String experiment;

    @Option(names = "--seeds", paramLabel = "N", split = ",", description = "Seeds (default: the file's).")
    private List<Long> seeds = List.of();

    @Option(
            names = "--steps",
            paramLabel = "N",
            converter = Formats.Amount.class,
            description = "Training steps of every variant (default: the file's).")
    private @Nullable Long steps;

    @Option(names = "--keep-running", description = "Leave the stack up at the end.")
    private boolean keepRunning;

    @Mixin
    private TakeOverOption takeOver = new TakeOverOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        CommandLog.inNew(stack.dataDir());
        ExperimentOptions options = new ExperimentOptions(
                file(),
                seeds,
                Optional.ofNullable(steps),
                takeOver.asked(),
                keepRunning,
                StackOptions.installation(),
                stack.settings());
        output.result(new Experiment(options, output.screen()).run());
        return 0;
    }

    private Path file() {
        Path shipped = StackOptions.installation().home().resolve("experiments").resolve(experiment + ".yaml");
        return Files.exists(shipped) ? shipped : Path.of(experiment);
    }
}
