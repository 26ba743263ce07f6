package dev.tracerl.model.sampling;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Prepared;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of everything before the current blocks: row {@code i} belongs to active sequence {@code i}. Grows and
 * shrinks with them.
 */
final class PrefixCache implements AutoCloseable {
    private final Network network;
    private final Prepared prepared;
    private final int blockSize;
    private List<Tensor> tensors = new ArrayList<>();
    private int capacity;

    PrefixCache(Network network, Prepared prepared, int blockSize) {
        this.network = network;
        this.prepared = prepared;
        this.blockSize = blockSize;
        ModelConfig config = prepared.config();
        try (TensorScope scope = network.program().scope()) {
            for (int i = 0; i < 2 * config.layers(); i++) {
                tensors.add(scope.keep(scope.zeros(0, config.keyValueHeads(), 0, config.headDim())));
            }
        }
    }

    List<Tensor> tensors() {
        return tensors;
    }

    /** Keeps the given rows, in this order, and appends {@code added} rows with room for at least {@code tokens}. */
    void resize(int[] kept, int added, int tokens) {
        capacity = Math.max(capacity, tokens);
        try (TensorScope scope = network.program().scope()) {
            Tensor sizes = scope.hostInts(
                    kept.length + added, capacity, prepared.precision().type());
            List<Tensor> resized = scope.keep(
                    scope.run(Call.inference("resize").with(tensors).with(scope.ints(kept, kept.length), sizes)));
            tensors.forEach(Tensor::close);
            tensors = resized;
        }
    }

    /** Computes the whole blocks of prompts into rows {@code first, first + 1, ...}; equal prompts once. */
    void prefill(List<Tensor> weights, List<int[]> prompts, int first) {
        Map<Integer, Map<IntBuffer, List<Integer>>> rows = new LinkedHashMap<>();
        for (int i = 0; i < prompts.size(); i++) {
            int length = prompts.get(i).length / blockSize * blockSize;
            if (length > 0) {
                rows.computeIfAbsent(length, key -> new LinkedHashMap<>())
                        .computeIfAbsent(IntBuffer.wrap(prompts.get(i), 0, length), key -> new ArrayList<>())
                        .add(first + i);
            }
        }
        rows.forEach((length, prefixes) -> prefill(weights, length, prefixes));
    }

    private void prefill(List<Tensor> weights, int length, Map<IntBuffer, List<Integer>> rows) {
        IntBuffer ids = IntBuffer.allocate(rows.size() * length);
        List<Integer> targets = new ArrayList<>();
        List<Integer> sources = new ArrayList<>();
        int source = 0;
        for (Map.Entry<IntBuffer, List<Integer>> entry : rows.entrySet()) {
            ids.put(entry.getKey().duplicate());
            for (int row : entry.getValue()) {
                targets.add(row);
                sources.add(source);
            }
            source++;
        }
        try (TensorScope scope = network.program().scope()) {
            List<Tensor> prefixes = scope.run(Call.inference("prefill")
                    .with(weights)
                    .with(scope.ints(ids.array(), rows.size(), length), prepared.shape())
                    .with(scope.hostDoubles(prepared.config().normEpsilon(), blockSize)));
            scope.run(Call.inference("place")
                    .with(tensors)
                    .with(prefixes)
                    .with(vector(scope, targets), vector(scope, sources)));
        }
    }

    private static Tensor vector(TensorScope scope, List<Integer> values) {
        return scope.ints(values.stream().mapToInt(Integer::intValue).toArray(), values.size());
    }

    @Override
    public void close() {
        tensors.forEach(Tensor::close);
    }
}
