package dev.tracerl.rollout.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.Unmasking;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerSpecsTest {

    static Stream<Arguments> policies() {
        return Stream.of(
                Arguments.of(Unmasking.STATIC, new UnmaskingPolicy.StaticLowConfidence()),
                Arguments.of(Unmasking.SEQUENTIAL, new UnmaskingPolicy.Sequential()),
                Arguments.of(Unmasking.DYNAMIC, new UnmaskingPolicy.DynamicLowConfidence(0.8)),
                Arguments.of(Unmasking.ENTROPY_BOUNDED, new UnmaskingPolicy.EntropyBounded(0.2)));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void everySettingOfTheSpecificationReachesTheSampler(Unmasking unmasking, UnmaskingPolicy policy) {
        // Given
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
                .build();

        // When
        SamplerSettings settings = SamplerSpecs.settings(spec);

        // Then
        assertThat(settings).isEqualTo(new SamplerSettings(4, 2, policy, 0.7, 5, 0.95, 32));
    }
}
