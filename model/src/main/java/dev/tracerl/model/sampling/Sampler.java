package dev.tracerl.model.sampling;

import dev.tracerl.model.network.Parameters;
import java.util.List;
import java.util.function.Predicate;

/**
 * Sequences that are sampled together under equal settings, one block of each at a time, so that weights change only
 * between blocks. Serves one thread, which is the network's.
 */
public interface Sampler extends AutoCloseable {

    /**
     * Adds requests; they start with the next {@link #advance}.
     *
     * @throws IllegalArgumentException if a prompt holds an id outside of the vocabulary, or prompt and response
     *     together may exceed the model's positions; then none is added
     */
    void add(List<SampleRequest> requests);

    /** Sequences not finished yet, those not started included. */
    int active();

    /**
     * Generates one block of every sequence.
     *
     * @param parameters weights for this block
     * @param version recorded as the block's policy version
     * @return the sequences that ended with this block, in the order of their requests
     * @throws NonFiniteScoresException if the weights do not give finite scores
     */
    List<FinishedSample> advance(Parameters parameters, long version);

    /**
     * The sequences that go on, in the order of their requests, as if each ended with its last finished block; without
     * those that have not started.
     */
    List<FinishedSample> unfinished();

    /** Ends sequences whose rest nobody wants; nothing is returned of them. */
    void drop(Predicate<SampleRequest> unwanted);

    @Override
    void close();
}
