package dev.tracerl.model.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What samplers tell of sequences before they end. */
class UnfinishedTest {

    private static final SamplerSettings SETTINGS =
            new SamplerSettings(4, 4, new UnmaskingPolicy.StaticLowConfidence(), 1, 0, 1, 12);
    private static final SampleRequest ONE = new SampleRequest("g", 0, new int[] {1, 2, 3}, 7);
    private static final SampleRequest OTHER = new SampleRequest("g", 1, new int[] {4, 5, 6, 7, 8}, 7);

    private static Network network;

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    static Stream<ModelConfig> models() {
        return Stream.of(Models.tiny(), Models.family("llada"));
    }

    private static Sampler sampler(ModelConfig config) {
        return switch (config.attention()) {
            case BLOCK -> new SamplingBatch(network, config, SETTINGS, Set.of());
            case FULL -> new FullSamplingBatch(network, config, SETTINGS, Set.of());
        };
    }

    @ParameterizedTest
    @MethodSource("models")
    void unfinishedResponsesAreTheBeginningsOfTheFinishedOnes(ModelConfig config) {
        // Given
        Parameters weights = Models.strong(config, 7);
        List<SampledResponse> beginnings = new ArrayList<>();
        SampledResponse whole = null;

        // When
        try (Sampler sampler = sampler(config)) {
            sampler.add(List.of(ONE));
            assertThat(sampler.unfinished()).isEmpty();
            while (whole == null) {
                List<FinishedSample> finished = sampler.advance(weights, 0);
                sampler.unfinished().forEach(sample -> beginnings.add(sample.response()));
                whole = finished.isEmpty() ? null : finished.get(0).response();
            }
        }

        // Then
        SampledResponse end = whole;
        assertThat(beginnings).hasSize(end.blockVersions().length - 1).allSatisfy(beginning -> {
            int length = beginning.tokens().length;
            assertThat(beginning.keptTokens()).isEqualTo(length);
            assertThat(beginning.tokens()).isEqualTo(Arrays.copyOf(end.tokens(), length));
            assertThat(beginning.stepMap()).isEqualTo(Arrays.copyOf(end.stepMap(), length));
            assertThat(beginning.logProbs()).isEqualTo(Arrays.copyOf(end.logProbs(), length));
        });
    }

    @ParameterizedTest
    @MethodSource("models")
    void whatIsDroppedIsGoneAndTheRestGoesOn(ModelConfig config) {
        // Given
        Parameters weights = Models.strong(config, 7);
        List<FinishedSample> finished = new ArrayList<>();

        // When
        try (Sampler sampler = sampler(config)) {
            sampler.add(List.of(ONE, OTHER));
            sampler.advance(weights, 0);
            sampler.add(List.of(ONE));
            sampler.drop(request -> request.sample() == ONE.sample());
            assertThat(sampler.active()).isOne();
            while (sampler.active() > 0) {
                finished.addAll(sampler.advance(weights, 0));
            }
        }

        // Then
        assertThat(finished).hasSize(1);
        assertThat(finished.get(0).request()).isSameAs(OTHER);
        assertThat(finished.get(0).response().tokens())
                .isEqualTo(alone(config, weights).tokens());
    }

    private static SampledResponse alone(ModelConfig config, Parameters weights) {
        try (Sampler sampler = sampler(config)) {
            sampler.add(List.of(OTHER));
            List<FinishedSample> finished = List.of();
            while (finished.isEmpty()) {
                finished = sampler.advance(weights, 0);
            }
            return finished.get(0).response();
        }
    }
}
