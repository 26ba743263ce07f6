package dev.tracerl.core.pack;

import dev.tracerl.core.loss.LossNormalization;
import java.util.Arrays;

/** Weights of one response's targets. */
final class TargetWeights {

    private TargetWeights() {}

    /**
     * Weight of each target.
     *
     * @param slices {@code (M)} number of the slice each target belongs to
     * @return {@code (M)}
     */
    static float[] of(int[] slices, PackSettings settings) {
        double distinct = Arrays.stream(slices).distinct().count();
        float[] weights = new float[slices.length];
        for (int t = 0; t < slices.length; t++) {
            int slice = slices[t];
            weights[t] = (float) (1 / divisor(settings, slices, slice, distinct));
        }
        return weights;
    }

    private static double divisor(PackSettings settings, int[] slices, int slice, double distinct) {
        LossNormalization normalization = settings.normalization();
        return switch (normalization) {
            case RESPONSE_LENGTH -> settings.responseLength();
            case TARGETS -> slices.length;
            case STEPS ->
                distinct * Arrays.stream(slices).filter(s -> s == slice).count();
        };
    }
}
