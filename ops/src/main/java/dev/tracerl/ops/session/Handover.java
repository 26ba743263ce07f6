package dev.tracerl.ops.session;

import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.run.CurrentRun;
import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.ops.stack.StackException;
import java.util.Optional;

/**
 * Keeps services from being taken off a run that goes on, unless that was asked for.
 *
 * @param takeOver whether it was
 */
public record Handover(RunCreator creator, Screen screen, boolean takeOver) {

    /**
     * To be called before anything of a run is written.
     *
     * @throws StackException if the deployment works on another run and is not to be taken over
     */
    public void check(String deployment, String runId) {
        Optional<CurrentRun> displaced = creator.displaced(deployment, runId);
        if (displaced.isEmpty()) {
            return;
        }
        String other = displaced.get().runId();
        String progress = displaced.get().progress();
        if (!takeOver) {
            throw new StackException(
                    "the services of deployment %s work on run %s, which is %s: wait until it has ended, stop it with tracerl stop --run %s, or take them over with --take-over"
                            .formatted(deployment, other, progress, other));
        }
        screen.line("run %s loses its services, %s; it goes on later with: tracerl start --run %s"
                .formatted(other, progress, other));
    }
}
