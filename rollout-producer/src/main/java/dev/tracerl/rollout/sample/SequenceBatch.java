package dev.tracerl.rollout.sample;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import java.util.List;

/** Sequences that are sampled together under equal settings: the engine's view of the model. Not thread-safe. */
public interface SequenceBatch extends AutoCloseable {

    /** Adds the samples of one group, which share their prompt. */
    void add(List<SampleRequest> group);

    /** Denoises one block of every active sequence and returns those that ended. */
    List<FinishedSample> advance(Parameters weights, long version);

    /** Sequences that are not finished. */
    int active();

    @Override
    void close();

    /** Makes batches; owned by the engine's thread. */
    interface Factory extends AutoCloseable {

        SequenceBatch open(SamplerSettings settings);

        @Override
        void close();
    }
}
