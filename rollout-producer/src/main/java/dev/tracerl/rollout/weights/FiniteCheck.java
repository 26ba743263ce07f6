package dev.tracerl.rollout.weights;

import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.NamedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;

/** Looks for weights that are infinite or not a number: a sampler could only fail on them. */
final class FiniteCheck {

    private FiniteCheck() {}

    /** Name of the first tensor with such a value; empty if all are finite. */
    static Optional<String> firstBad(Parameters parameters) {
        return parameters.tensors().stream()
                .filter(tensor -> !tensor.parts().stream().allMatch(FiniteCheck::isFinite))
                .map(NamedTensor::name)
                .findFirst();
    }

    private static boolean isFinite(ByteBuffer part) {
        FloatBuffer values = part.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float residue = 0;
        while (values.hasRemaining()) {
            residue += values.get() * 0; // not zero exactly if the value is not finite
        }
        return residue == 0;
    }
}
