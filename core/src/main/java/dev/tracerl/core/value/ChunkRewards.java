package dev.tracerl.core.value;

import dev.tracerl.core.advantage.GroupAdvantage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Process rewards: scores of consecutive chunks of a response, normalized over the group and given to the tokens that
 * were revealed when a chunk was finished.
 */
public final class ChunkRewards {

    private ChunkRewards() {}

    /**
     * Z-scores by chunk number over the responses that have the chunk: {@code (s - mean) / population standard deviation},
     * 0 if all are equal. A chunk that only one response has gets 0, because there is nothing to compare it with: the
     * published code leaves its score as it is, which pays for having more chunks than the others.
     *
     * @param scores {@code (G, K_g)} scores of each response's chunks, finite
     * @return {@code (G, K_g)}
     */
    public static List<double[]> normalized(List<double[]> scores) {
        List<double[]> rewards = new ArrayList<>();
        scores.forEach(each -> rewards.add(each.clone()));
        int most = scores.stream().mapToInt(each -> each.length).max().orElse(0);
        for (int chunk = 0; chunk < most; chunk++) {
            int number = chunk;
            List<double[]> having =
                    rewards.stream().filter(each -> each.length > number).toList();
            double[] column = having.stream().mapToDouble(each -> each[number]).toArray();
            double[] normalized = GroupAdvantage.Z_SCORE.advantages(column);
            for (int i = 0; i < normalized.length; i++) {
                having.get(i)[number] = normalized[i];
            }
        }
        return rewards;
    }

    /**
     * Rewards of the tokens. A chunk's reward goes to the tokens with the largest step among its last {@code window} ones,
     * the last chunk's to the tokens with the largest step of the response. A token that gets several has their sum.
     *
     * @param rewards {@code (K)} reward of each chunk
     * @param ends {@code (K)} index of the token after the chunk's last one, ascending; the last chunk reaches to the end
     *     of the response whatever its number says
     * @param steps {@code (M)} step of each trained token
     * @param window tokens at the end of a chunk that may get its reward, at least 1; usually the block size
     * @return {@code (M)}
     */
    public static double[] place(double[] rewards, int[] ends, int[] steps, int window) {
        check(rewards, ends, steps.length);
        double[] tokens = new double[steps.length];
        int start = 0;
        for (int chunk = 0; chunk < ends.length; chunk++) {
            boolean last = chunk == ends.length - 1;
            int from = last ? 0 : Math.max(start, ends[chunk] - window);
            int to = last ? steps.length : ends[chunk];
            int step = Arrays.stream(steps, from, to).max().orElseThrow();
            double reward = rewards[chunk];
            IntStream.range(from, to).filter(j -> steps[j] == step).forEach(j -> tokens[j] += reward);
            start = ends[chunk];
        }
        return tokens;
    }

    private static void check(double[] rewards, int[] ends, int tokens) {
        if (rewards.length != ends.length) {
            throw new IllegalArgumentException(rewards.length + " rewards for " + ends.length + " chunks");
        }
        int start = 0;
        for (int end : ends) {
            if (end <= start || end > tokens) {
                throw new IllegalArgumentException(
                        "a chunk ends at " + end + ", must end in [" + (start + 1) + ", " + tokens + "]");
            }
            start = end;
        }
    }
}
