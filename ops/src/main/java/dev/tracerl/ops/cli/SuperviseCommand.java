package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.SupervisorProcess;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Body of the background process; users call {@code up}. */
@Command(name = "supervise", hidden = true)
final class SuperviseCommand implements Callable<Integer> {

    @Mixin
    private StackOptions stack = new StackOptions();

    @Option(names = "--owned")
    private boolean owned;

    @Override
    public Integer call() throws InterruptedException {
        return SupervisorProcess.run(
                StackOptions.installation(), stack.settings(), owned ? Optional.of(System.in) : Optional.empty());
    }
}
