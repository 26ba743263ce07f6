package dev.tracerl.model.training;

import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.Layout;
import dev.tracerl.core.pack.MaskRange;
import dev.tracerl.core.pack.MaskedPacker;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.ReferenceRow;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Random traced responses, packed. */
final class Examples {
    private Examples() {}

    static PackSettings settings(ModelConfig config) {
        return new PackSettings(config.blockSize(), 1, config.maskTokenId(), LossNormalization.RESPONSE_LENGTH, 10);
    }

    /** Responses that fill their last block, with prompts of any length, of which some tokens are kept. */
    static List<TracedResponse> traces(ModelConfig config, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TracedResponse> traces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] prompt = tokens(config, random, random.nextInt(0, 11));
            int block = config.blockSize();
            int blocks = random.nextInt(1, 4);
            int length = blocks * block - prompt.length % block;
            traces.add(trace(config, prompt, length, random));
        }
        return traces;
    }

    /** A response of so many blocks after a prompt of so many tokens, packed. */
    static PackedExample packed(ModelConfig config, int prompt, int blocks, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int length = blocks * config.blockSize() - prompt % config.blockSize();
        TracedResponse trace = trace(config, tokens(config, random, prompt), length, random);
        return TracePacker.pack(trace, settings(config));
    }

    /** Responses of one to four blocks to the same prompt, packed. */
    static List<PackedExample> group(ModelConfig config, int prompt, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] tokens = tokens(config, random, prompt);
        List<PackedExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = (1 + i % 4) * config.blockSize() - prompt % config.blockSize();
            examples.add(TracePacker.pack(trace(config, tokens, length, random), settings(config)));
        }
        return examples;
    }

    private static TracedResponse trace(ModelConfig config, int[] prompt, int length, SplittableRandom random) {
        int[] steps = new int[length];
        float[] logProbs = new float[length];
        float[] advantages = new float[length];
        for (int t = 0; t < length; t++) {
            int block = (prompt.length + t) / config.blockSize();
            steps[t] = 10 * block + random.nextInt(1, 5);
            logProbs[t] = (float) random.nextDouble(-4, -1);
            advantages[t] = (float) random.nextDouble(-2, 2);
        }
        int kept = random.nextInt(Math.max(1, length - config.blockSize() + 1), length + 1);
        return new TracedResponse(prompt, tokens(config, random, length), kept, steps, logProbs, advantages);
    }

    /** Ids that are neither mask nor padding. */
    private static int[] tokens(ModelConfig config, SplittableRandom random, int length) {
        return random.ints(length, 2, config.maskTokenId()).toArray();
    }

    static List<PackedExample> packed(ModelConfig config, int count, long seed) {
        return traces(config, count, seed).stream()
                .map(trace -> TracePacker.pack(trace, settings(config)))
                .toList();
    }

    /**
     * Packed in another layout; prompts and responses of different lengths, so that rows have different widths. With full
     * attention three kinds of slices take turns: the trace, random masks, coupled masks.
     */
    static List<PackedExample> packed(ModelConfig config, Layout layout, int count, long seed) {
        PackSettings settings = settings(config).withLayout(layout);
        List<PackedExample> examples = new ArrayList<>();
        for (TracedResponse trace : traces(config, 2 * count, seed)) {
            if (trace.prompt().length > 0 && examples.size() < count) {
                examples.add(packed(trace, settings, examples.size()));
            }
        }
        return examples;
    }

    private static PackedExample packed(TracedResponse trace, PackSettings settings, int index) {
        CounterRandom random = new CounterRandom(3, "masks", index);
        return switch (index % 3) {
            case 0 -> TracePacker.pack(trace, settings);
            case 1 -> MaskedPacker.random(trace, settings, new MaskRange(2, 0.1, 0.9), random);
            default -> MaskedPacker.coupled(trace, settings, new MaskRange(1, 0.1, 0.9), random);
        };
    }

    /** A row of the reference layout as a packed example with one noisy copy of every block. */
    static PackedExample of(ReferenceRow row, TracedResponse trace, PackSettings settings) {
        int cleanLength = row.labels().length;
        int[] clean = new int[row.extendedIds().length];
        int[] copy = new int[clean.length];
        for (int i = 0; i < clean.length; i++) {
            while (clean[i] < cleanLength && row.attention()[i][clean[i]]) {
                clean[i]++;
            }
            copy[i] = i < cleanLength ? -1 : clean[i] / settings.blockSize();
        }
        int[] indices = IntStream.range(0, cleanLength)
                .filter(index -> row.targets()[index])
                .toArray();
        int start = trace.prompt().length;
        return new PackedExample(
                row.extendedIds(),
                row.positions(),
                clean,
                copy,
                cleanLength,
                Arrays.stream(indices).map(row::scoringRow).toArray(),
                Arrays.stream(indices).map(index -> row.labels()[index]).toArray(),
                floats(indices, index -> trace.advantages()[index - start]),
                floats(indices, index -> trace.logProbs()[index - start]),
                floats(indices, index -> 1.0 / settings.responseLength()),
                new float[0]);
    }

    private static float[] floats(int[] indices, IntToDoubleFunction value) {
        float[] floats = new float[indices.length];
        for (int t = 0; t < floats.length; t++) {
            floats[t] = (float) value.applyAsDouble(indices[t]);
        }
        return floats;
    }
}
