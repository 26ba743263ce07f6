package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplerSettingsTest {

    private static final UnmaskingPolicy POLICY = new UnmaskingPolicy.StaticLowConfidence();

    @Test
    void stepRevealsWhatTheScheduleAsksFor() {
        // Given
        SamplerSettings settings = new SamplerSettings(4, 3, POLICY, 1, 0, 1, 16);
        double[] confidence = {0.1, 0.4, 0.3, 0.2};

        // When
        boolean[] selected = settings.select(0, new boolean[] {true, true, true, true}, confidence, new double[4]);

        // Then
        assertThat(selected).containsExactly(false, true, true, false);
    }

    @Test
    void lastStepRevealsEverythingStillMasked() {
        // Given
        SamplerSettings settings = new SamplerSettings(4, 2, new UnmaskingPolicy.EntropyBounded(0.1), 1, 0, 1, 16);
        boolean[] masked = {false, true, true, true};

        // When
        boolean[] selected = settings.select(1, masked, new double[4], new double[] {9, 9, 9, 9});

        // Then
        assertThat(selected).isEqualTo(masked).isNotSameAs(masked);
    }

    @Test
    void filtersAreOffWhenGreedy() {
        // When
        SamplerSettings settings = new SamplerSettings(4, 4, POLICY, 0, 5, 0.9, 16);

        // Then
        assertThat(settings.greedy()).isTrue();
        assertThat(settings.filtered()).isFalse();
    }

    @Test
    void everyBoundIsNamed() {
        // When
        // Then
        assertThatThrownBy(() -> new SamplerSettings(0, 4, POLICY, 1, 0, 1, 1)).hasMessageContaining("blockSize is 0");
        assertThatThrownBy(() -> new SamplerSettings(4, 0, POLICY, 1, 0, 1, 1))
                .hasMessageContaining("stepsPerBlock is 0");
        assertThatThrownBy(() -> new SamplerSettings(4, 4, POLICY, -1, 0, 1, 1))
                .hasMessageContaining("temperature is -1.0");
        assertThatThrownBy(() -> new SamplerSettings(4, 4, POLICY, Double.NaN, 0, 1, 1))
                .hasMessageContaining("temperature is NaN");
        assertThatThrownBy(() -> new SamplerSettings(4, 4, POLICY, 1, -1, 1, 1)).hasMessageContaining("topK is -1");
        assertThatThrownBy(() -> new SamplerSettings(4, 4, POLICY, 1, 0, 0, 1)).hasMessageContaining("topP is 0.0");
        assertThatThrownBy(() -> new SamplerSettings(4, 4, POLICY, 1, 0, 1, 0)).hasMessageContaining("maxTokens is 0");
        assertThatThrownBy(() -> new SamplerSettings(4, 4, POLICY, 1, 0, 1, 1)
                        .select(4, new boolean[4], new double[4], new double[4]))
                .hasMessage("step is 4, must be in [0, 4)");
    }
}
