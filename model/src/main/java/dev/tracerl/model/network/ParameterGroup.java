package dev.tracerl.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Parameters that lie one behind the other in memory, so that the program sees one tensor: the projections to queries,
 * keys and values, or the gate and up projections.
 */
record ParameterGroup(List<ParameterSpec> parts) {

    static ParameterGroup of(ParameterSpec... parts) {
        return new ParameterGroup(List.of(parts));
    }

    /** Shape of the parts stacked along the first dimension. */
    List<Long> shape() {
        List<Long> shape = new ArrayList<>(parts.get(0).shape());
        shape.set(0, parts.stream().mapToLong(part -> part.shape().get(0)).sum());
        return shape;
    }

    /** Number of elements. */
    long size() {
        return parts.stream().mapToLong(ParameterSpec::size).sum();
    }
}
