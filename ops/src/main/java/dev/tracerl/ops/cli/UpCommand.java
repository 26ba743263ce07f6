package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.LocalStack;
import dev.tracerl.ops.stack.StackState;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts a stack that stays up. */
@Command(
        name = "up",
        description = "Start broker, registry and services in the background.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private Output output = new Output();

    /** Where the stack is, and whether this command started it. */
    record Up(String dataDir, String bootstrapServers, String registryUrl, String logs, boolean started) {}

    @Override
    public Integer call() {
        PrintWriter prose = output.prose();
        Optional<StackState> running =
                LocalStack.find(stack.dataDir()).filter(found -> found.phase() == StackState.Phase.READY);
        if (running.isPresent()) {
            prose.println("The stack of " + stack.dataDir() + " is already running.");
        } else {
            prose.println("Starting broker, registry and services ...");
            prose.flush();
        }
        StackState state =
                running.orElseGet(() -> LocalStack.start(StackOptions.installation(), stack.settings(), false));
        Up up = new Up(
                stack.dataDir().toString(),
                state.bootstrapServers(),
                state.registryUrl(),
                stack.dataDir().resolve("logs").toString(),
                running.isEmpty());
        output.result(up, () -> lines(up));
        return 0;
    }

    private static List<String> lines(Up up) {
        return List.of(
                "Kafka:     " + up.bootstrapServers(),
                "Registry:  " + up.registryUrl(),
                "Logs:      " + up.logs(),
                "Next: ./tracerl run runs/sudoku.yaml, ./tracerl status, ./tracerl down");
    }
}
