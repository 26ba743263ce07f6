package dev.tracerl.trainer.train;

/** Conversions between the precision of core and that of tensors. */
final class Floats {

    private Floats() {}

    static float[] of(double[] doubles) {
        float[] floats = new float[doubles.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) doubles[i];
        }
        return floats;
    }

    static double[] toDoubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
