package dev.tracerl.trainer.run;

import dev.tracerl.trainer.train.FixedPolicy;
import dev.tracerl.trainer.train.StepSettings;
import java.util.Optional;

/**
 * What a run's KL term keeps close to. The first weights are read again from where the run says that they come from.
 *
 * @param policy the first policy; absent if the KL term keeps close to the policy of the denominator
 */
record Anchor(Optional<FixedPolicy> policy) implements AutoCloseable {

    static Anchor of(StepSettings settings, Ports.TensorPorts tensors) {
        return switch (settings.anchor()) {
            case OLD -> new Anchor(Optional.empty());
            case INITIAL ->
                new Anchor(Optional.of(tensors.fixed().open(tensors.initial().get())));
        };
    }

    @Override
    public void close() {
        policy.ifPresent(FixedPolicy::close);
    }
}
