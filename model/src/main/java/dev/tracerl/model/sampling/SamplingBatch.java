package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.StopRule;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.network.Prepared;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Generates many responses at once, one block of each per {@link #advance}, so that weights change only between blocks.
 * Keys and values of finished blocks stay as the weights of their time made them.
 *
 * <p>What is drawn for a request does not depend on the rest of the batch, except that matrix products of another shape
 * may round differently in the last bit: where two tokens' quantiles or two positions' confidences differ by less than
 * about 1e-6, the choice may flip. Sampling a group as its own batch removes this too. Serves one thread, which is the
 * network's.
 */
public final class SamplingBatch implements AutoCloseable {
    private final Network network;
    private final ModelConfig config;
    private final SamplerSettings settings;
    private final SelectionSettings selection;
    private final StopRule stopRule;
    private final Prepared prepared;
    private final LoadedWeights weights;
    private final PrefixCache cache;
    private final List<ActiveSequence> waiting = new ArrayList<>();
    private List<ActiveSequence> active = new ArrayList<>();

    /** An empty batch whose responses end with the configuration's end-of-text token. */
    public SamplingBatch(Network network, ModelConfig config, SamplerSettings settings) {
        this(network, config, settings, config.stopTokenIds());
    }

    /** An empty batch whose responses end with any of the given tokens. */
    public SamplingBatch(Network network, ModelConfig config, SamplerSettings settings, Set<Integer> endOfText) {
        this(network, config, settings, endOfText, Precision.F32);
    }

    /** The same with matrix products of the given precision. */
    public SamplingBatch(
            Network network,
            ModelConfig config,
            SamplerSettings settings,
            Set<Integer> endOfText,
            Precision precision) {
        this.network = network;
        this.config = config;
        this.settings = settings;
        this.selection = new SelectionSettings(settings);
        this.stopRule = new StopRule(endOfText, settings.maxTokens());
        this.prepared = new Prepared(network, config, precision);
        this.weights = new LoadedWeights(network, prepared);
        this.cache = new PrefixCache(network, prepared, settings.blockSize());
    }

    /**
     * Adds requests; they start with the next {@link #advance}.
     *
     * @throws IllegalArgumentException if a prompt holds an id outside of the vocabulary, or prompt and response
     *     together may exceed the model's positions; then none is added
     */
    public void add(List<SampleRequest> requests) {
        requests.forEach(this::check);
        requests.forEach(request -> waiting.add(new ActiveSequence(request, settings, config.maskTokenId())));
    }

    private void check(SampleRequest request) {
        int capacity = ActiveSequence.capacity(request, settings);
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

    /** Sequences not finished yet, those not started included. */
    public int active() {
        return active.size() + waiting.size();
    }

    /**
     * Generates one block of every sequence.
     *
     * @param parameters weights for this block, and for the prompts of sequences that start with it
     * @param version recorded as the block's policy version
     * @return the sequences that ended with this block, in the order of their requests
     * @throws NonFiniteScoresException if the weights do not give finite scores
     */
    public List<FinishedSample> advance(Parameters parameters, long version) {
        List<Tensor> tensors = weights.of(parameters);
        admit(tensors);
        active.forEach(sequence -> sequence.openBlock(version));
        List<ActiveSequence> denoising = denoising(active);
        for (int step = 0; !denoising.isEmpty(); step++) {
            denoise(tensors, denoising, step, version);
            denoising = denoising(denoising);
        }
        List<FinishedSample> finished = retire();
        commit(tensors);
        active.forEach(ActiveSequence::nextBlock);
        return finished;
    }

    private void admit(List<Tensor> tensors) {
        if (waiting.isEmpty()) {
            return;
        }
        int first = active.size();
        int tokens = waiting.stream().mapToInt(ActiveSequence::capacity).max().orElse(0);
        cache.resize(IntStream.range(0, first).toArray(), waiting.size(), tokens);
        cache.prefill(
                tensors,
                waiting.stream().map(sequence -> sequence.request().prompt()).toList(),
                first);
        active.addAll(waiting);
        waiting.clear();
    }

    private static List<ActiveSequence> denoising(List<ActiveSequence> sequences) {
        return sequences.stream().filter(ActiveSequence::denoising).toList();
    }

    private void denoise(List<Tensor> tensors, List<ActiveSequence> sequences, int step, long version) {
        BlockBatch blocks = new BlockBatch(sequences, settings.blockSize());
        BlockBatch.Open open = blocks.open(step);
        try (TensorScope scope = network.program().scope()) {
            int[] rows = sequences.size() == active.size() ? new int[0] : rows(sequences);
            double[] hyper = selection.hyper(
                    config.normEpsilon(), blocks.longestPrefix(), selection.quota(step), config.maskTokenId());
            List<Tensor> results = scope.run(Call.inference("denoise")
                    .with(tensors)
                    .with(cache.tensors())
                    .with(scope.ints(rows, rows.length), blocks.ids(scope), blocks.starts(scope))
                    .with(open.indices(scope), open.uniforms(scope), prepared.shape(), scope.hostDoubles(hyper)));
            if (!open.reveal(results.get(0).ints(), results.get(1).floats())) {
                throw new NonFiniteScoresException(
                        "weights of version " + version + " give scores that are not finite");
            }
        }
    }

    /** Indices of the sequences in {@link #active}; both lists have the same order. */
    private int[] rows(List<ActiveSequence> sequences) {
        int[] rows = new int[sequences.size()];
        int at = 0;
        for (int row = 0; at < rows.length; row++) {
            if (active.get(row) == sequences.get(at)) {
                rows[at++] = row;
            }
        }
        return rows;
    }

    private List<FinishedSample> retire() {
        List<FinishedSample> finished = new ArrayList<>();
        List<ActiveSequence> remaining = new ArrayList<>();
        for (ActiveSequence sequence : active) {
            Optional<StopRule.Stop> stop = sequence.check(stopRule);
            stop.ifPresentOrElse(end -> finished.add(sequence.finish(end)), () -> remaining.add(sequence));
        }
        if (!finished.isEmpty()) {
            cache.resize(rows(remaining), 0, 0);
            active = remaining;
        }
        return finished;
    }

    private void commit(List<Tensor> tensors) {
        if (active.isEmpty()) {
            return;
        }
        BlockBatch blocks = new BlockBatch(active, settings.blockSize());
        try (TensorScope scope = network.program().scope()) {
            scope.run(Call.inference("commit")
                    .with(tensors)
                    .with(cache.tensors())
                    .with(blocks.ids(scope), blocks.starts(scope), prepared.shape())
                    .with(scope.hostDoubles(config.normEpsilon(), blocks.longestPrefix())));
        }
    }

    @Override
    public void close() {
        cache.close();
        weights.close();
        prepared.close();
    }
}
