package dev.tracerl.model.network;

import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;

/**
 * Rotary positions, {@code (positions, d/2, 2)}: cosine and sine of the angle {@code position * theta^(-2i/d)} by which
 * features {@code i} and {@code i + d/2} of a head turn.
 */
final class Rotations {
    private Rotations() {}

    static Tensor of(ModelConfig config, TensorScope scope) {
        int positions = config.maxPositions();
        int pairs = config.headDim() / 2;
        float[] values = new float[positions * pairs * 2];
        for (int i = 0; i < pairs; i++) {
            double frequency = StrictMath.pow(config.ropeTheta(), -(double) i / pairs);
            for (int position = 0; position < positions; position++) {
                int at = 2 * (position * pairs + i);
                values[at] = (float) StrictMath.cos(position * frequency);
                values[at + 1] = (float) StrictMath.sin(position * frequency);
            }
        }
        return scope.floats(values, positions, pairs, 2);
    }
}
