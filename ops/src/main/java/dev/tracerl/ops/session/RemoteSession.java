package dev.tracerl.ops.session;

import dev.tracerl.ops.stack.StackState;
import dev.tracerl.schemas.client.Connection;
import java.util.Optional;

/**
 * A stack that somebody else runs, in containers for instance. Nothing is known of its processes; a run goes on when the
 * command ends.
 *
 * @param connection where it is
 * @param deployment name under which its services look for their run
 */
public record RemoteSession(Connection connection, String deployment) implements StackSession {

    @Override
    public Optional<StackState> state() {
        return Optional.empty();
    }

    @Override
    public boolean isNew() {
        return false;
    }

    @Override
    public boolean stopsAtEnd() {
        return false;
    }

    @Override
    public void tick(long milestones) {
        // There is nothing to look at: who waits for a run sees its progress.
    }

    @Override
    public void close() {
        // Whoever started the stack stops it.
    }
}
