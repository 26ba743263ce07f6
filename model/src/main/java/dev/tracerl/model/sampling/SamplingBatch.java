package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.BlockPartition;
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
import java.util.function.Predicate;
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
public final class SamplingBatch implements Sampler {
    private final Network network;
    private final ModelConfig config;
    private final SamplerSettings settings;
    private final BlockPartition partition;
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
        settings.requireBlockAttention();
        this.network = network;
        this.config = config;
        this.settings = settings;
        this.partition = BlockPartition.absolute(settings.blockSize());
        this.selection = new SelectionSettings(settings);
        this.stopRule = new StopRule(endOfText, settings.maxTokens());
        this.prepared = new Prepared(network, config, precision);
        this.weights = new LoadedWeights(network, prepared);
        this.cache = new PrefixCache(network, prepared, settings.blockSize());
    }

    @Override
    public void add(List<SampleRequest> requests) {
        requests.forEach(request -> RequestCheck.check(request, settings.maxTokens(), partition, config));
        requests.forEach(
                request -> waiting.add(new ActiveSequence(request, settings, partition, config.maskTokenId())));
    }

    @Override
    public int active() {
        return active.size() + waiting.size();
    }

    /** The weights also compute the prompts of the sequences that start with this block. */
    @Override
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
        OpenPositions open = OpenPositions.all(sequences, settings.blockSize());
        try (TensorScope scope = network.program().scope()) {
            int[] rows = sequences.size() == active.size() ? new int[0] : rows(sequences);
            double[] hyper = selection.hyper(
                    config.normEpsilon(), blocks.longestPrefix(), selection.quota(step), config.maskTokenId());
            List<Tensor> results = scope.run(Call.inference("denoise")
                    .with(tensors)
                    .with(cache.tensors())
                    .with(scope.ints(rows, rows.length), blocks.ids(scope), blocks.starts(scope))
                    .with(open.indices(scope), open.randoms(step, selection.ordered(), scope))
                    .with(prepared.shape(), scope.hostDoubles(hyper)));
            if (!open.reveal(results.get(0).ints(), results.get(1).floats())) {
                throw NonFiniteScoresException.of(version);
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
            stop.ifPresentOrElse(
                    end -> finished.add(sequence.finish(end, sequence.blocks())), () -> remaining.add(sequence));
        }
        keep(remaining);
        return finished;
    }

    /** @param remaining some of {@link #active}, in the same order */
    private void keep(List<ActiveSequence> remaining) {
        if (remaining.size() < active.size()) {
            cache.resize(rows(remaining), 0, 0);
            active = remaining;
        }
    }

    @Override
    public List<FinishedSample> unfinished() {
        return active.stream().map(ActiveSequence::finished).toList();
    }

    @Override
    public void drop(Predicate<SampleRequest> unwanted) {
        waiting.removeIf(sequence -> unwanted.test(sequence.request()));
        keep(new ArrayList<>(active.stream()
                .filter(sequence -> !unwanted.test(sequence.request()))
                .toList()));
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
