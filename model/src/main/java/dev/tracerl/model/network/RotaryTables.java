package dev.tracerl.model.network;

import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.List;

/**
 * Cosines and sines of the rotary positions, {@code (positions, d)} each. Features {@code i} and {@code i + d/2} form a
 * pair with angle {@code position * theta^(-2i/d)}; the first half of the sines is negated, so that rotating is
 * {@code x cos + roll(x, d/2) sin}.
 */
final class RotaryTables {
    private RotaryTables() {}

    static List<Tensor> of(ModelConfig config, TensorScope scope) {
        int positions = config.maxPositions();
        int half = config.headDim() / 2;
        float[] cos = new float[positions * 2 * half];
        float[] sin = new float[positions * 2 * half];
        for (int i = 0; i < half; i++) {
            double frequency = StrictMath.pow(config.ropeTheta(), -(double) i / half);
            for (int position = 0; position < positions; position++) {
                int at = position * 2 * half + i;
                cos[at] = (float) StrictMath.cos(position * frequency);
                cos[at + half] = cos[at];
                sin[at + half] = (float) StrictMath.sin(position * frequency);
                sin[at] = -sin[at + half];
            }
        }
        return List.of(scope.floats(cos, positions, 2L * half), scope.floats(sin, positions, 2L * half));
    }
}
