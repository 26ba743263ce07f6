package dev.tracerl.ops.cli;

import dev.tracerl.ops.demo.Demo;
import dev.tracerl.ops.demo.DemoOptions;
import dev.tracerl.ops.demo.Overrides;
import dev.tracerl.ops.render.Screen;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a small model before the user's eyes. */
@Command(
        name = "demo",
        description = "Train a small block-diffusion language model from scratch: a supervised warm-up, then TraceRL.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    private enum Task {
        SUDOKU,
        COUNTDOWN
    }

    @Option(names = "--task", paramLabel = "TASK", description = "sudoku (default) or countdown.")
    private Task task = Task.SUDOKU;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all randomness (default: the run file's).")
    private @Nullable Long seed;

    @Option(
            names = "--max-lag",
            paramLabel = "N",
            converter = Formats.Count.class,
            description = "Most versions that rollouts may be behind the trainer (default: the run file's).")
    private @Nullable Integer maxLag;

    @Option(
            names = "--steps",
            paramLabel = "N",
            converter = Formats.Amount.class,
            description = "Most TraceRL steps (default: the run file's).")
    private @Nullable Long steps;

    @Option(
            names = "--target",
            paramLabel = "SHARE",
            converter = Formats.Share.class,
            description = "Held-out accuracy from 0 to 1 at which TraceRL stops (default: the run file's).")
    private @Nullable Double target;

    @Option(names = "--keep-running", description = "Leave the stack up at the end.")
    private boolean keepRunning;

    @Mixin
    private TakeOverOption takeOver = new TakeOverOption();

    @Option(names = "--fresh", description = "Start anew; what is there stays on the log (default: resume it).")
    private boolean fresh;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the summary to this file.")
    private @Nullable Path json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLog.inNew(stack.dataDir());
        Overrides overrides = new Overrides(
                Optional.ofNullable(seed),
                Optional.ofNullable(maxLag),
                Optional.ofNullable(steps),
                Optional.ofNullable(target));
        DemoOptions options = new DemoOptions(
                task.name().toLowerCase(Locale.ROOT),
                overrides,
                fresh,
                takeOver.asked(),
                keepRunning,
                Optional.ofNullable(json),
                StackOptions.installation(),
                stack.settings(),
                remote.session());
        Screen screen = new Screen(command.commandLine().getOut(), ClusterOptions.isTerminal());
        new Demo(options, screen).run();
        return 0;
    }
}
