package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.decode.FullStop;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.SpecialTokens;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.network.Prepared;
import dev.tracerl.model.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Generates many responses of a full-attention model at once, as {@link dev.tracerl.core.decode.FullSampler} describes.
 * Every block starts with whole sequences, so that cached keys and values are never older than the block's weights.
 *
 * <p>What is drawn for a request depends on the rest of the batch as little as in {@link SamplingBatch}: what fills
 * shorter sequences up is hidden.
 */
public final class FullSamplingBatch implements Sampler {
    private final ModelConfig config;
    private final SamplerSettings settings;
    private final FullStop stop;
    private final int pad;
    private final Prepared prepared;
    private final LoadedWeights weights;
    private final WindowSteps steps;
    private final List<ActiveSequence> waiting = new ArrayList<>();
    private List<ActiveSequence> active = new ArrayList<>();

    /**
     * An empty batch whose responses end with any of the given tokens.
     *
     * @throws IllegalArgumentException if the settings are not for such a model
     */
    public FullSamplingBatch(Network network, ModelConfig config, SamplerSettings settings, Set<Integer> endOfText) {
        this(network, config, settings, endOfText, Precision.F32);
    }

    /**
     * The same with matrix products of the given precision.
     *
     * @throws IllegalArgumentException if the settings are not for such a model
     */
    public FullSamplingBatch(
            Network network,
            ModelConfig config,
            SamplerSettings settings,
            Set<Integer> endOfText,
            Precision precision) {
        settings.requireFullAttention(config.shiftedLogits());
        this.config = config;
        this.settings = settings;
        this.pad = config.padTokenId();
        this.stop = new FullStop(settings, new SpecialTokens(config.maskTokenId(), pad, endOfText));
        this.prepared = new Prepared(network, config, precision);
        this.weights = new LoadedWeights(network, prepared);
        this.steps = new WindowSteps(network, prepared, settings);
    }

    @Override
    public void add(List<SampleRequest> requests) {
        requests.forEach(request -> RequestCheck.check(request, settings.maxTokens(), partition(request), config));
        requests.forEach(request ->
                waiting.add(new ActiveSequence(request, settings, partition(request), config.maskTokenId())));
    }

    private BlockPartition partition(SampleRequest request) {
        return BlockPartition.responseAligned(settings.blockSize(), request.prompt().length);
    }

    @Override
    public int active() {
        return active.size() + waiting.size();
    }

    @Override
    public List<FinishedSample> advance(Parameters parameters, long version) {
        List<Tensor> tensors = weights.of(parameters);
        active.addAll(waiting);
        waiting.clear();
        active.forEach(sequence -> sequence.openBlock(version));
        steps.denoise(tensors, active, version);
        return retire();
    }

    private List<FinishedSample> retire() {
        List<FinishedSample> finished = new ArrayList<>();
        List<ActiveSequence> remaining = new ArrayList<>();
        for (ActiveSequence sequence : active) {
            if (stop.after(sequence.response(), sequence.block())) {
                sequence.pad(pad);
                finished.add(sequence.finish(stop.of(sequence.response()), 0));
            } else {
                sequence.nextBlock();
                remaining.add(sequence);
            }
        }
        active = remaining;
        return finished;
    }

    @Override
    public List<FinishedSample> unfinished() {
        return active.stream().map(ActiveSequence::finished).toList();
    }

    @Override
    public void drop(Predicate<SampleRequest> unwanted) {
        waiting.removeIf(sequence -> unwanted.test(sequence.request()));
        active.removeIf(sequence -> unwanted.test(sequence.request()));
    }

    @Override
    public void close() {
        weights.close();
        prepared.close();
    }
}
