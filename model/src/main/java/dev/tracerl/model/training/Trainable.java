package dev.tracerl.model.training;

import dev.tracerl.model.adapter.AdapterSettings;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.ParameterSlice;
import java.util.List;

/** What a trainer changes. Everything else is frozen: it has neither a gradient nor optimizer state. */
public sealed interface Trainable {

    /** All parameters. */
    record All() implements Trainable {}

    /**
     * Some parameters. An embedding that is also the head is one parameter with one name, and is trained in both places.
     *
     * @param names their names, at least one
     */
    record Named(List<String> names) implements Trainable {

        /** Copies the names. */
        public Named {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("no parameter to train is named");
            }
        }
    }

    /**
     * Adapters instead of parameters, all of which are frozen.
     *
     * @param settings the adapters
     * @param seed seed of their first values
     */
    record Adapted(AdapterSettings settings, long seed) implements Trainable {}

    /** Names of a model's parameters, in the order of its checkpoints. */
    static List<String> names(ModelConfig config) {
        return ParameterSlice.of(config).stream()
                .map(slice -> slice.first().name())
                .toList();
    }
}
