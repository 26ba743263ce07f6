package dev.tracerl.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.core.policy.TrainingView.Attention;
import dev.tracerl.core.policy.TrainingView.Slices;
import java.util.List;
import org.junit.jupiter.api.Test;

class BehaviorRuleTest {

    private static final SamplerSettings SAMPLER = sampler(4, 0.8, 0, 1);
    private static final TrainingView TRAINING = new TrainingView(Attention.BLOCK, Slices.TRACE, 1, true, 4, 0.8);

    @Test
    void sameContextAndDistributionRaiseNoObjection() {
        // When
        List<String> objections = BehaviorRule.objections(SAMPLER, TRAINING);

        // Then
        assertThat(objections).isEmpty();
    }

    @Test
    void fullAttentionWithoutCacheHasNoBlocksToDisagreeOn() {
        // When
        List<String> objections =
                BehaviorRule.objections(SAMPLER, new TrainingView(Attention.FULL, Slices.TRACE, 1, false, 32, 0.8));

        // Then
        assertThat(objections).isEmpty();
    }

    @Test
    void everyDifferenceIsAReason() {
        // When
        List<String> objections = BehaviorRule.objections(
                sampler(4, 0.8, 20, 0.9), new TrainingView(Attention.BLOCK, Slices.RANDOM, 2, false, 8, 1));

        // Then
        assertThat(objections)
                .containsExactly(
                        "random masks show other contexts than the recorded trace",
                        "shrink is 2: merged steps hide tokens that the sampler saw",
                        "training blocks start at the response, sampling blocks at the prompt",
                        "block size is 8 in training and 4 in sampling",
                        "temperature is 1.0 in training and 0.8 in sampling",
                        "topK is 20: the sampler's distribution was truncated",
                        "topP is 0.9: the sampler's distribution was truncated");
    }

    @Test
    void prefixCacheIsAReason() {
        // When
        List<String> objections = BehaviorRule.objections(
                SAMPLER, new TrainingView(Attention.FULL_WITH_PREFIX_CACHE, Slices.TRACE, 1, true, 4, 0.8));

        // Then
        assertThat(objections)
                .containsExactly("the sampler's prefix cache is stale where the trainer's full attention is not");
    }

    @Test
    void greedySamplingIsAReason() {
        // When
        List<String> objections = BehaviorRule.objections(sampler(4, 0, 0, 1), TRAINING);

        // Then
        assertThat(objections).containsExactly("temperature is 0: greedy tokens were not drawn from a distribution");
    }

    @Test
    void trainingBoundsAreRefusedByName() {
        // When
        // Then
        assertThatThrownBy(() -> new TrainingView(Attention.BLOCK, Slices.TRACE, 0, true, 4, 1))
                .hasMessage("shrink is 0, must be at least 1");
        assertThatThrownBy(() -> new TrainingView(Attention.BLOCK, Slices.TRACE, 1, true, 0, 1))
                .hasMessage("blockSize is 0, must be at least 1");
        assertThatThrownBy(() -> new TrainingView(Attention.BLOCK, Slices.TRACE, 1, true, 4, 0))
                .hasMessage("temperature is 0.0, must be finite and positive");
    }

    private static SamplerSettings sampler(int blockSize, double temperature, int topK, double topP) {
        return new SamplerSettings(
                blockSize, blockSize, new UnmaskingPolicy.StaticLowConfidence(), temperature, topK, topP, 64);
    }
}
