package dev.tracerl.ops.demo;

import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.session.LocalSession;
import dev.tracerl.ops.session.RemoteSession;
import dev.tracerl.ops.session.StackSession;
import dev.tracerl.ops.stack.Installation;
import dev.tracerl.ops.stack.StackSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param task name of the task; its runs are in {@code runs/NAME.yaml}
 * @param overrides what differs from the run file
 * @param fresh start anew although an earlier demo is there
 * @param takeOver take the services off a run that goes on
 * @param keepRunning leave the stack up at the end
 * @param json file that takes the summary
 * @param installation the packaged project
 * @param stack the local stack; its data folder holds what a demo remembers, wherever it runs
 * @param remote the stack to use instead
 */
public record DemoOptions(
        String task,
        Overrides overrides,
        boolean fresh,
        boolean takeOver,
        boolean keepRunning,
        Optional<Path> json,
        Installation installation,
        StackSettings stack,
        Optional<RemoteSession> remote) {

    /** Run file of the task. */
    Path runFile() {
        return installation.home().resolve("runs").resolve(task + ".yaml");
    }

    /** Opens the stack that the demo runs on. */
    StackSession session(Screen screen) {
        if (remote.isPresent()) {
            screen.line("Using the stack at " + remote.get().connection().bootstrapServers());
            return remote.get();
        }
        return LocalSession.open(installation, stack, keepRunning, screen);
    }
}
