package dev.tracerl.core.policy;

import dev.tracerl.core.decode.SamplerSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether log-probabilities recorded by the sampler may be the denominator of the policy ratio: only if the trainer
 * evaluates every token in the context and with the distribution from which it was drawn.
 */
public final class BehaviorRule {

    private BehaviorRule() {}

    /**
     * Reasons why recorded log-probabilities must not be used.
     *
     * @param sampler how responses were drawn
     * @param training how the trainer evaluates them
     * @return one sentence per reason; empty if they may be used
     */
    public static List<String> objections(SamplerSettings sampler, TrainingView training) {
        List<String> reasons = new ArrayList<>();
        context(sampler, training, reasons);
        distribution(sampler, training, reasons);
        return List.copyOf(reasons);
    }

    private static void context(SamplerSettings sampler, TrainingView training, List<String> reasons) {
        if (training.slices() != TrainingView.Slices.TRACE) {
            reasons.add("random masks show other contexts than the recorded trace");
        }
        if (training.shrink() != 1) {
            reasons.add("shrink is " + training.shrink() + ": merged steps hide tokens that the sampler saw");
        }
        if (training.attention() == TrainingView.Attention.FULL_WITH_PREFIX_CACHE) {
            reasons.add("the sampler's prefix cache is stale where the trainer's full attention is not");
        }
        if (training.attention() == TrainingView.Attention.BLOCK) {
            blocks(sampler, training, reasons);
        }
    }

    private static void blocks(SamplerSettings sampler, TrainingView training, List<String> reasons) {
        if (!training.blockAligned()) {
            reasons.add("training blocks start at the response, sampling blocks at the prompt");
        }
        if (training.blockSize() != sampler.blockSize()) {
            reasons.add("block size is " + training.blockSize() + " in training and " + sampler.blockSize()
                    + " in sampling");
        }
    }

    private static void distribution(SamplerSettings sampler, TrainingView training, List<String> reasons) {
        if (sampler.greedy()) {
            reasons.add("temperature is 0: greedy tokens were not drawn from a distribution");
        } else if (sampler.temperature() != training.temperature()) {
            reasons.add("temperature is " + training.temperature() + " in training and " + sampler.temperature()
                    + " in sampling");
        }
        if (sampler.filtered() && sampler.topK() > 0) {
            reasons.add("topK is " + sampler.topK() + ": the sampler's distribution was truncated");
        }
        if (sampler.filtered() && sampler.topP() < 1) {
            reasons.add("topP is " + sampler.topP() + ": the sampler's distribution was truncated");
        }
    }
}
