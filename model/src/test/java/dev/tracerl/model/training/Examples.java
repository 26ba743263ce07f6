package dev.tracerl.model.training;

import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.ReferenceRow;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

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

    /** A row of the reference layout as a packed example with one noisy copy of every block. */
    static PackedExample of(ReferenceRow row, TracedResponse trace, PackSettings settings) {
        int cleanLength = row.labels().length;
        int rows = row.extendedIds().length;
        int[] clean = new int[rows];
        int[] copy = new int[rows];
        for (int i = 0; i < rows; i++) {
            while (clean[i] < cleanLength && row.attention()[i][clean[i]]) {
                clean[i]++;
            }
            copy[i] = i < cleanLength ? -1 : clean[i] / settings.blockSize();
        }
        List<Integer> indices = new ArrayList<>();
        for (int index = 0; index < cleanLength; index++) {
            if (row.targets()[index]) {
                indices.add(index);
            }
        }
        int count = indices.size();
        int[] targets = new int[count];
        int[] labels = new int[count];
        float[] advantages = new float[count];
        float[] old = new float[count];
        float[] weights = new float[count];
        for (int t = 0; t < count; t++) {
            int response = indices.get(t) - trace.prompt().length;
            targets[t] = row.scoringRow(indices.get(t));
            labels[t] = row.labels()[indices.get(t)];
            advantages[t] = trace.advantages()[response];
            old[t] = trace.logProbs()[response];
            weights[t] = 1f / settings.responseLength();
        }
        return new PackedExample(
                row.extendedIds(),
                row.positions(),
                clean,
                copy,
                cleanLength,
                targets,
                labels,
                advantages,
                old,
                weights);
    }
}
