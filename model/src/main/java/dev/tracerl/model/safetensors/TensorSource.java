package dev.tracerl.model.safetensors;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;

/** Named tensors that are converted to float32 when they are asked for. */
public interface TensorSource {

    /** Where the tensors are, for messages. */
    String file();

    /** Names of all tensors. */
    Set<String> names();

    /**
     * Checks that a tensor can be read; reads nothing.
     *
     * @throws CheckpointException if it is missing, has another shape, or a type that is no float
     */
    void check(String name, List<Long> shape);

    /** Converts as many elements as the target has room for, from the element {@code from} of a checked tensor on. */
    void read(String name, long from, FloatBuffer target);

    /** Checks a tensor and converts all of it. */
    default void read(String name, List<Long> shape, FloatBuffer target) {
        check(name, shape);
        read(name, 0, target);
    }
}
