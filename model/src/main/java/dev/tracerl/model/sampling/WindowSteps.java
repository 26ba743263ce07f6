package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Prepared;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.List;
import java.util.stream.IntStream;

/** The steps of one block of full-attention sequences: whole sequences first, then as the settings say. */
final class WindowSteps {
    private final Network network;
    private final Prepared prepared;
    private final SamplerSettings settings;
    private final boolean shifted;
    private final SelectionSettings selection;

    WindowSteps(Network network, Prepared prepared, SamplerSettings settings) {
        this.network = network;
        this.prepared = prepared;
        this.settings = settings;
        this.shifted = prepared.config().shiftedLogits();
        this.selection = new SelectionSettings(
                settings, settings.fullSchedule(shifted), prepared.config().padTokenId());
    }

    /** What the steps of one block have in common. */
    private record Block(List<Tensor> weights, List<ActiveSequence> sequences, long version) {}

    /** Keys and values before the block: that of sequence {@code i} is row {@code rows[i]} of each tensor. */
    private record Cache(List<Tensor> tensors, int[] rows, int length) {}

    /**
     * Reveals the whole current block of every sequence.
     *
     * @param version of the weights
     */
    void denoise(List<Tensor> weights, List<ActiveSequence> sequences, long version) {
        if (sequences.isEmpty()) {
            return;
        }
        Block block = new Block(weights, sequences, version);
        try (TensorScope scope = network.program().scope()) {
            Cache cache = first(block, scope);
            int[] left = masked(block);
            for (int step = 1; left.length > 0; step++) {
                next(block, cache, left, step);
                left = masked(block);
            }
        }
    }

    /** Indices of the sequences whose block still has masks. */
    private static int[] masked(Block block) {
        return IntStream.range(0, block.sequences().size())
                .filter(i -> block.sequences().get(i).denoising())
                .toArray();
    }

    private Cache first(Block block, TensorScope scope) {
        Windows whole = Windows.whole(block.sequences());
        int kept = settings.full().prefixCache() ? whole.longestPrefix() : -1;
        OpenPositions open = shifted
                ? OpenPositions.first(block.sequences(), settings.blockSize())
                : OpenPositions.all(block.sequences(), settings.blockSize());
        List<Tensor> results = run(evaluation(block, whole, scope), new Step(whole, open, 0, kept), block, scope);
        return new Cache(results.subList(2, results.size()), whole.rows(), kept);
    }

    private void next(Block block, Cache cache, int[] left, int step) {
        List<ActiveSequence> sequences =
                IntStream.of(left).mapToObj(i -> block.sequences().get(i)).toList();
        OpenPositions open = OpenPositions.all(sequences, settings.blockSize());
        try (TensorScope scope = network.program().scope()) {
            if (settings.full().prefixCache()) {
                Windows windows = Windows.ofBlocks(sequences, settings.full());
                int[] rows = IntStream.of(left).map(i -> cache.rows()[i]).toArray();
                run(continuation(block, cache, rows, windows, scope), new Step(windows, open, step, -1), block, scope);
            } else {
                Windows whole = Windows.whole(sequences);
                run(evaluation(block, whole, scope), new Step(whole, open, step, -1), block, scope);
            }
        }
    }

    private static Call evaluation(Block block, Windows whole, TensorScope scope) {
        return Call.inference("whole").with(block.weights()).with(whole.ids(scope), whole.lengths(scope));
    }

    private static Call continuation(Block block, Cache cache, int[] rows, Windows windows, TensorScope scope) {
        long cached = cache.tensors().get(0).shape()[0];
        boolean all = rows.length == cached && IntStream.range(0, rows.length).allMatch(i -> rows[i] == i);
        return Call.inference("window")
                .with(block.weights())
                .with(cache.tensors())
                .with(scope.ints(all ? new int[0] : rows, all ? 0 : rows.length), windows.ids(scope))
                .with(List.of(windows.starts(cache.length(), scope), windows.lengths(scope)));
    }

    /** @param kept leading positions whose keys and values are wanted, or -1 */
    private record Step(Windows windows, OpenPositions open, int number, int kept) {}

    private List<Tensor> run(Call call, Step step, Block block, TensorScope scope) {
        ModelConfig config = prepared.config();
        double[] hyper = selection.hyper(
                config.normEpsilon(), step.kept(), selection.quota(step.number()), config.maskTokenId());
        OpenPositions open = step.open();
        List<Tensor> results = scope.run(call.with(
                open.rowsAndIndices((i, offset) -> step.windows().row(i, shifted ? offset - 1 : offset), scope),
                open.randoms(step.number(), selection.ordered(), scope),
                scope.hostInts(step.windows().size(), settings.blockSize()),
                prepared.shape(),
                scope.hostDoubles(hyper)));
        if (!open.reveal(results.get(0).ints(), results.get(1).floats())) {
            throw NonFiniteScoresException.of(block.version());
        }
        return results;
    }
}
