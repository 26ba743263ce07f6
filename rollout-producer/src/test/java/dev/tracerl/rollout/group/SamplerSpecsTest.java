package dev.tracerl.rollout.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.decode.Confidence;
import dev.tracerl.core.decode.FullSettings;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.rollout.Specs;
import dev.tracerl.schemas.avro.ConfidenceRule;
import dev.tracerl.schemas.avro.EarlyStop;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.Unmasking;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerSpecsTest {

    static Stream<Arguments> policies() {
        return Stream.of(
                Arguments.of(Unmasking.STATIC, new UnmaskingPolicy.StaticLowConfidence()),
                Arguments.of(Unmasking.SEQUENTIAL, new UnmaskingPolicy.Sequential()),
                Arguments.of(Unmasking.DYNAMIC, new UnmaskingPolicy.DynamicLowConfidence(0.8)),
                Arguments.of(Unmasking.ENTROPY_BOUNDED, new UnmaskingPolicy.EntropyBounded(0.2)),
                Arguments.of(Unmasking.THRESHOLD, new UnmaskingPolicy.ThresholdOrBest(0.8)));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void everySettingOfTheSpecificationReachesTheSampler(Unmasking unmasking, UnmaskingPolicy policy) {
        // Given
        double selectionTemperature = unmasking == Unmasking.STATIC ? 0.1 : 0;
        SamplerSpec spec = SamplerSpec.newBuilder()
                .setBlockSize(4)
                .setStepsPerBlock(2)
                .setUnmasking(unmasking)
                .setThreshold(0.8)
                .setEntropyBound(0.2)
                .setTemperature(0.7)
                .setTopK(5)
                .setTopP(0.95)
                .setMaxTokens(32)
                .setConfidence(ConfidenceRule.MARGIN)
                .setPlainConfidence(true)
                .setPrefixCache(true)
                .setFurtherHorizon(16)
                .setEarlyStop(EarlyStop.PAD_BLOCK)
                .setSelectionTemperature(selectionTemperature)
                .setPadPenalty(1.5)
                .build();

        // When
        SamplerSettings settings = SamplerSpecs.settings(spec);

        // Then
        Confidence confidence = new Confidence(Confidence.Rule.MARGIN, true);
        FullSettings full =
                new FullSettings(true, 16, dev.tracerl.core.decode.EarlyStop.PAD_BLOCK, selectionTemperature, 1.5);
        assertThat(settings).isEqualTo(new SamplerSettings(4, 2, policy, 0.7, 5, 0.95, 32, confidence, full));
    }

    @Test
    void everyNameOnTheWireIsKnown() {
        // Given
        SamplerSpec spec = Specs.sampler(32);

        // When
        // Then
        assertThat(Unmasking.values()).allSatisfy(value -> {
            spec.setUnmasking(value);
            assertThat(SamplerSpecs.settings(spec).policy()).isNotNull();
        });
        spec.setUnmasking(Unmasking.STATIC);
        assertThat(ConfidenceRule.values()).allSatisfy(value -> {
            spec.setConfidence(value);
            assertThat(SamplerSpecs.settings(spec).confidence().rule()).hasToString(value.name());
        });
        assertThat(EarlyStop.values()).allSatisfy(value -> {
            spec.setEarlyStop(value);
            assertThat(SamplerSpecs.settings(spec).full().earlyStop()).hasToString(value.name());
        });
    }

    @Test
    void settingsThatARunDoesNotNameAreThoseOfABlockModel() {
        // When
        SamplerSettings settings = SamplerSpecs.settings(Specs.sampler(32));

        // Then
        assertThat(settings.confidence()).isEqualTo(Confidence.DEFAULT);
        assertThat(settings.full()).isEqualTo(FullSettings.DEFAULT);
    }
}
