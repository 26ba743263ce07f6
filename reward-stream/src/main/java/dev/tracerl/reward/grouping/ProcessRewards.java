package dev.tracerl.reward.grouping;

import dev.tracerl.core.value.ChunkRewards;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.TrainingSample;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** From the scores of chunks to rewards of tokens. */
final class ProcessRewards {

    private ProcessRewards() {}

    /**
     * Compares the chunks of a group's samples with each other and writes the rewards of their tokens. Samples whose
     * chunks were not scored keep the advantage of the whole response, and so does the only one that has scores.
     *
     * @param blockSize tokens at the end of a chunk that may get its reward
     */
    static void place(List<TrainingSample> samples, int blockSize) {
        List<TrainingSample> scored = samples.stream()
                .filter(sample -> sample.getChunkEnds() != null && sample.getKeptTokens() > 0)
                .toList();
        if (scored.size() < 2) {
            return;
        }
        List<double[]> rewards = ChunkRewards.normalized(
                scored.stream().map(ProcessRewards::scores).toList());
        for (int i = 0; i < rewards.size(); i++) {
            TrainingSample sample = scored.get(i);
            int[] steps = Packed.ints(sample.getStepMap());
            double[] kept = ChunkRewards.place(
                    rewards.get(i),
                    Packed.ints(Objects.requireNonNull(sample.getChunkEnds())),
                    Arrays.copyOf(steps, sample.getKeptTokens()),
                    blockSize);
            sample.setTokenRewards(Packed.floats(floats(kept, steps.length)));
        }
    }

    private static double[] scores(TrainingSample sample) {
        float[] floats = Packed.floats(Objects.requireNonNull(sample.getChunkScores()));
        double[] scores = new double[floats.length];
        Arrays.setAll(scores, i -> floats[i]);
        return scores;
    }

    /** Filled up with zeros. */
    private static float[] floats(double[] values, int length) {
        float[] floats = new float[length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
