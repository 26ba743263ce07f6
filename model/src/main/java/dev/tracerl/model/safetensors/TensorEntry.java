package dev.tracerl.model.safetensors;

import java.util.List;

/**
 * Where a tensor lies in a safetensors file.
 *
 * @param type element type as the format spells it, such as {@code F32}
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
record TensorEntry(String type, List<Long> shape, long begin, long end) {

    /** Number of elements. */
    long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
