package dev.tracerl.benchmarks.training;

import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.NamedTensor;
import java.nio.FloatBuffer;
import java.util.List;

/** A loss with its gradient and the processor seconds that they took. */
record Gradient(double loss, Parameters gradient, double seconds) {
    private static final double TOLERANCE = 1e-5;

    /** Largest difference of two gradients, as a share of the largest entry. */
    double difference(Gradient other) {
        double difference = 0;
        double largest = 0;
        List<NamedTensor> theirs = other.gradient.tensors();
        for (int i = 0; i < theirs.size(); i++) {
            FloatBuffer a = gradient.tensors().get(i).data().asFloatBuffer();
            FloatBuffer b = theirs.get(i).data().asFloatBuffer();
            while (b.hasRemaining()) {
                float expected = b.get();
                difference = Math.max(difference, Math.abs(a.get() - expected));
                largest = Math.max(largest, Math.abs(expected));
            }
        }
        return difference / largest;
    }

    /**
     * Fails unless loss and gradient are those of the reference.
     *
     * @return the difference of the gradients
     */
    double requireEqual(Gradient reference, String where) {
        double difference = difference(reference);
        if (!(difference <= TOLERANCE) || !(Math.abs(loss - reference.loss) <= TOLERANCE * (1 + Math.abs(loss)))) {
            throw new IllegalStateException(where + ": loss " + loss + " and " + reference.loss
                    + ", gradients differ by " + difference + " of the largest entry");
        }
        return difference;
    }
}
