package dev.tracerl.trainer.learn;

import dev.tracerl.trainer.state.Checkpoint;
import dev.tracerl.trainer.train.FixedPolicy;
import dev.tracerl.trainer.train.StepSettings;
import java.util.Optional;

/**
 * What a run's KL term keeps close to. After a restart the first weights are read from the run's log, where they are version
 * 0: what the run says that they come from may be gone or changed by then.
 *
 * @param policy the first policy; absent if the KL term keeps close to the policy of the denominator
 */
public record Anchor(Optional<FixedPolicy> policy) implements AutoCloseable {

    /** @param start where this session starts */
    public static Anchor of(StepSettings settings, TensorPorts tensors, Checkpoint start) {
        return switch (settings.anchor()) {
            case OLD -> new Anchor(Optional.empty());
            case INITIAL ->
                new Anchor(Optional.of(tensors.fixed()
                        .open(
                                start.state().step() == 0
                                        ? start.tensors().parameters()
                                        : tensors.base().get())));
        };
    }

    @Override
    public void close() {
        policy.ifPresent(FixedPolicy::close);
    }
}
