package dev.tracerl.model.adapter;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.ParameterSlice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which matrices have an adapter, and its shape: {@code W + alpha / rank * B A} is used in the place of {@code W}.
 *
 * @param rank rows of A and columns of B
 * @param alpha scale, divided by the rank
 * @param targets names of the matrices, at least one; see {@link #candidates}
 */
public record AdapterSettings(int rank, double alpha, List<String> targets) {

    public AdapterSettings {
        targets = List.copyOf(targets);
        if (rank < 1) {
            throw new IllegalArgumentException("rank is " + rank + ", must be at least 1");
        }
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("alpha is " + alpha + ", must be finite and positive");
        }
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("no matrix gets an adapter; name targets");
        }
    }

    /** What {@code B A} is multiplied by. */
    public double scale() {
        return alpha / rank;
    }

    /**
     * The matrices that can have an adapter: projections and a head of its own. The embedding, which is also a tied
     * head, is a table and can not.
     */
    public static List<String> candidates(ModelConfig config) {
        return matrices(config).stream().map(slice -> slice.first().name()).toList();
    }

    private static List<ParameterSlice> matrices(ModelConfig config) {
        return ParameterSlice.of(config).stream()
                .filter(slice -> slice.group() > 0 && slice.first().shape().size() == 2)
                .toList();
    }

    /**
     * The targets in a model, in its order.
     *
     * @throws IllegalArgumentException if one is no matrix that can have an adapter, or is smaller than the rank
     */
    public List<ParameterSlice> slices(ModelConfig config) {
        Set<String> unknown = new HashSet<>(targets);
        List<ParameterSlice> found = new ArrayList<>();
        for (ParameterSlice slice : matrices(config)) {
            if (unknown.remove(slice.first().name())) {
                requireRoom(slice);
                found.add(slice);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(unknown + " are no matrices that can have an adapter; those are "
                    + "projections, and the head if it is not the embedding");
        }
        return found;
    }

    private void requireRoom(ParameterSlice slice) {
        List<Long> shape = slice.first().shape();
        if (rank > Math.min(shape.get(0), shape.get(1))) {
            throw new IllegalArgumentException("rank is " + rank + ", but "
                    + slice.first().name() + " is " + shape.get(0) + " x " + shape.get(1)
                    + "; an adapter's rank is at most the smaller of the two");
        }
    }
}
