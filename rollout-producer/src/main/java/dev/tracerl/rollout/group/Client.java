package dev.tracerl.rollout.group;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.util.Optional;

/**
 * Who waits for the responses of a group that is not on the log. Called on the engine's thread: an implementation must
 * not block.
 */
public interface Client {

    /** The only weights to sample with; empty for the newest in every block. */
    Optional<PolicyWeights> pinned();

    /** Whether anybody still waits for the rest of a sample. */
    boolean wants(int sample);

    /** Whether to be told of every block. */
    boolean follows();

    /**
     * A block of a sample is finished, and more will come.
     *
     * @param soFar the response as if it ended here; shared, must not be written
     */
    void progressed(int sample, SampledResponse soFar);

    /** A sample is finished. */
    void finished(int sample, SampledResponse response);

    /**
     * The group will not be finished.
     *
     * @param reason what went wrong
     */
    void failed(String reason);
}
