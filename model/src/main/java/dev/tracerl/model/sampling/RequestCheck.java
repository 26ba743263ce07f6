package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.model.network.ModelConfig;

/** What every sampler asks of a request. */
final class RequestCheck {
    private RequestCheck() {}

    /** @throws IllegalArgumentException if the request cannot be sampled */
    static void check(SampleRequest request, int maxTokens, BlockPartition partition, ModelConfig config) {
        int capacity = ActiveSequence.capacity(request.prompt().length, maxTokens, partition);
        if (capacity > config.maxPositions()) {
            throw new IllegalArgumentException(
                    name(request) + " may need " + capacity + " positions; the model has " + config.maxPositions());
        }
        for (int token : request.prompt()) {
            if (token < 0 || token >= config.vocabSize()) {
                throw new IllegalArgumentException(
                        name(request) + ": prompt token " + token + " is not in 0.." + (config.vocabSize() - 1));
            }
        }
    }

    private static String name(SampleRequest request) {
        return "request " + request.groupKey() + "/" + request.sample();
    }
}
