package dev.tracerl.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Parameters that lie one behind the other in memory, so that the program sees one tensor: the projections to queries,
 * keys and values, or the gate and up projections.
 *
 * @param parts the parameters in the order of their rows, at least one
 */
public record ParameterGroup(List<ParameterSpec> parts) {

    /** Parameters in the order of their rows. */
    public static ParameterGroup of(ParameterSpec... parts) {
        return new ParameterGroup(List.of(parts));
    }

    /** Shape of the parts stacked along the first dimension. */
    public List<Long> shape() {
        List<Long> shape = new ArrayList<>(parts.get(0).shape());
        shape.set(0, parts.stream().mapToLong(ParameterSpec::rows).sum());
        return shape;
    }

    /** Number of elements. */
    public long size() {
        return parts.stream().mapToLong(ParameterSpec::size).sum();
    }
}
