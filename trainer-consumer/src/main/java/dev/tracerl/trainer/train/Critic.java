package dev.tracerl.trainer.train;

import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.state.ValueTensors;
import java.util.List;
import java.util.Optional;

/** Decides with which advantages the policy is trained. Serves one thread. */
public interface Critic extends AutoCloseable {

    /**
     * Judges the groups of one step, before the policy is trained on them.
     *
     * @param groups one list of examples per group, in training order
     * @param step number of the step, from 1
     * @param updatesBefore optimizer updates of the policy done in the run so far
     * @throws DivergedException if a value, loss or gradient is not finite
     */
    Judged judge(List<List<Example>> groups, long step, long updatesBefore);

    /** Parameters and optimizer state, if it has any; equal states give equal bytes. */
    Optional<ValueTensors> tensors();

    @Override
    void close();

    /**
     * The same examples in the same order with advantages.
     *
     * @param value what came of the value model; absent without one
     */
    record Judged(List<List<Example>> groups, Optional<ValueResult> value) {}
}
