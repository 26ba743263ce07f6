package dev.tracerl.ops.session;

import dev.tracerl.ops.stack.StackState;
import dev.tracerl.schemas.client.Connection;
import java.util.Optional;

/** A stack while a command uses it. */
public interface StackSession extends AutoCloseable {

    /** Where the stack is. */
    Connection connection();

    /** Name under which its services look for their run. */
    String deployment();

    /** Whether the stack was started for this session, so that nobody else has used it yet. */
    boolean isNew();

    /** Whether the stack stops with this session, and with it whatever others do on it. */
    boolean stopsAtEnd();

    /** What a local stack consisted of when it was found or started; empty for a stack that others run. */
    Optional<StackState> state();

    /**
     * Tells the user what happened to the stack. To be called often while a run is waited for.
     *
     * @param milestones how far the run has come; a number that changes whenever it gets further
     * @throws dev.tracerl.ops.stack.StackException if the stack is known to be down, or to crash again and again while
     *     the run gets no further
     */
    void tick(long milestones);

    @Override
    void close();
}
