package dev.tracerl.model.network;

import java.nio.FloatBuffer;

/**
 * Initial values that depend on the seed, the parameter's name and the element's index alone, so that one seed gives the
 * same bytes on every machine: norms are 1, biases 0, everything else is normal with mean 0 and the configuration's
 * {@link ModelConfig#initializerRange} as deviation; the projections that write to the residual stream are divided by
 * the root of twice the number of layers.
 */
public final class InitialValues {
    private final ModelConfig config;
    private final long seed;

    InitialValues(ModelConfig config, long seed) {
        this.config = config;
        this.seed = seed;
    }

    /** Fills all of the target with a parameter's elements from {@code from} on. */
    void fill(ParameterSpec spec, long from, FloatBuffer target) {
        double deviation = config.initializerRange();
        switch (spec.role()) {
            case NORM -> constant(target, 1);
            case BIAS -> constant(target, 0);
            case RESIDUAL -> normal(target, spec, from, deviation / Math.sqrt(2.0 * config.layers()));
            case MATRIX -> normal(target, spec, from, deviation);
        }
    }

    /**
     * Fills all of the target with uniform values in {@code [-bound, bound]}: a tensor's elements from {@code from} on,
     * which depend on the seed, its name and their index alone.
     */
    public static void uniform(long seed, ParameterSpec spec, long from, double bound, FloatBuffer target) {
        long stream = stream(seed, spec);
        for (long i = from; target.hasRemaining(); i++) {
            target.put((float) (bound * (2 * uniform(stream, i) - 1)));
        }
    }

    private static void constant(FloatBuffer target, float value) {
        while (target.hasRemaining()) {
            target.put(value);
        }
    }

    private void normal(FloatBuffer target, ParameterSpec spec, long from, double deviation) {
        long stream = stream(seed, spec);
        for (long i = from; target.hasRemaining(); i++) {
            target.put((float) (deviation * standardNormal(stream, i)));
        }
    }

    private static long stream(long seed, ParameterSpec spec) {
        return mix(seed ^ mix(nameHash(spec.name())));
    }

    /** Box and Muller's transform of two counter-based uniforms, in {@link StrictMath} for the same bits everywhere. */
    private static double standardNormal(long stream, long index) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(stream, 2 * index)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(stream, 2 * index + 1));
    }

    /** In (0, 1). */
    private static double uniform(long stream, long counter) {
        return ((mix(stream + counter * 0x9e3779b97f4a7c15L) >>> 11) + 0.5) * 0x1p-53;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** FNV-1a over the name's characters, which are ASCII. */
    private static long nameHash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
