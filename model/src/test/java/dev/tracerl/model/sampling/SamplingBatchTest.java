package dev.tracerl.model.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.StopReason;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.SafetensorsWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplingBatchTest {
    private static Network network;

    private final ModelConfig config = Models.tiny();
    private final Parameters weights = Models.strong(config, 7);

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    static List<UnmaskingPolicy> policies() {
        return List.of(
                new UnmaskingPolicy.Sequential(),
                new UnmaskingPolicy.StaticLowConfidence(),
                new UnmaskingPolicy.DynamicLowConfidence(0.4),
                new UnmaskingPolicy.EntropyBounded(1));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void responseDoesNotDependOnTheRestOfTheBatch(UnmaskingPolicy policy) {
        // Given
        SamplerSettings settings = new SamplerSettings(4, 4, policy, 0.9, 0, 1, 14);
        List<SampleRequest> requests = requests();

        // When
        Map<SampleRequest, SampledResponse> mixed = byRequest(sample(settings, requests, 3));

        // Then
        for (SampleRequest request : requests) {
            SampledResponse alone = sample(settings, List.of(request), 1).get(0).response();
            assertThat(mixed.get(request).tokens()).isEqualTo(alone.tokens());
            assertThat(mixed.get(request).stepMap()).isEqualTo(alone.stepMap());
            assertThat(mixed.get(request).logProbs())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(alone.logProbs());
            assertThat(mixed.get(request).keptTokens()).isEqualTo(alone.keptTokens());
            assertThat(mixed.get(request).forwards()).isEqualTo(alone.forwards());
        }
    }

    /** Adds a part of the requests before each of the first rounds, so that prefixes differ in length. */
    private List<FinishedSample> sample(SamplerSettings settings, List<SampleRequest> requests, int parts) {
        List<FinishedSample> finished = new ArrayList<>();
        try (SamplingBatch batch = new SamplingBatch(network, config, settings)) {
            for (int part = 0; part < parts || batch.active() > 0; part++) {
                if (part < parts) {
                    int size = requests.size();
                    batch.add(requests.subList(size * part / parts, size * (part + 1) / parts));
                }
                finished.addAll(batch.advance(weights, 0));
            }
        }
        return finished;
    }

    private List<SampleRequest> requests() {
        List<SampleRequest> requests = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int group = 0; group < 6; group++) {
            int[] prompt = random.ints(random.nextInt(1, 14), 0, 22).toArray();
            for (int sample = 0; sample < 3; sample++) {
                requests.add(new SampleRequest("g" + group, sample, prompt, 99));
            }
        }
        return requests;
    }

    private static Map<SampleRequest, SampledResponse> byRequest(List<FinishedSample> finished) {
        return finished.stream().collect(Collectors.toMap(FinishedSample::request, FinishedSample::response));
    }

    static List<JsonNode> generations() {
        JsonNode generations =
                Models.json("/golden/models/sdar-toy/golden.json").get("generation");
        return StreamSupport.stream(generations.spliterator(), false).toList();
    }

    @ParameterizedTest
    @MethodSource("generations")
    void publishedGenerationsAreReproduced(JsonNode vector) {
        // Given
        int[] prompt = Models.ints(vector.get("prompt"));
        int[] output = Models.ints(vector.get("output"));
        double threshold = vector.get("threshold").asDouble();
        UnmaskingPolicy policy = switch (vector.get("strategy").asText()) {
            case "sequential" -> new UnmaskingPolicy.Sequential();
            case "low_confidence_static" -> new UnmaskingPolicy.StaticLowConfidence();
            default -> new UnmaskingPolicy.DynamicLowConfidence(threshold);
        };
        SamplerSettings settings = new SamplerSettings(
                4,
                vector.get("denoising_steps").asInt(),
                policy,
                0,
                0,
                1,
                vector.get("gen_length").asInt());
        SamplingBatch batch = new SamplingBatch(network, Models.goldenConfig(), settings, Set.of());

        // When
        batch.add(List.of(new SampleRequest("g", 0, prompt, 1)));
        List<FinishedSample> finished = new ArrayList<>();
        while (batch.active() > 0) {
            finished.addAll(batch.advance(Models.goldenWeights(), 0));
        }
        batch.close();

        // Then
        SampledResponse response = finished.get(0).response();
        int[] expected = Arrays.copyOfRange(output, prompt.length, output.length);
        assertThat(response.tokens())
                .startsWith(Arrays.copyOf(expected, Math.min(expected.length, response.tokens().length)));
        assertThat(response.stopReason()).isEqualTo(StopReason.LENGTH);
    }

    @Test
    void everyBlockRecordsTheVersionThatMadeIt() {
        // Given
        SamplerSettings settings = new SamplerSettings(4, 4, policies().get(1), 1, 0, 1, 12);
        try (SamplingBatch batch = new SamplingBatch(network, config, settings, Set.of())) {
            batch.add(List.of(new SampleRequest("g", 0, new int[] {1, 2, 3, 4, 5}, 1)));

            // When
            batch.advance(weights, 7);
            batch.advance(Models.strong(config, 8), 8);
            batch.advance(Models.strong(config, 9), 9);
            List<FinishedSample> finished = batch.advance(Models.strong(config, 9), 10);

            // Then
            assertThat(finished.get(0).response().blockVersions()).containsExactly(7, 8, 9, 10);
            assertThat(finished.get(0).response().keptTokens()).isEqualTo(12);
            assertThat(finished.get(0).response().tokens()).hasSize(15);
        }
    }

    @Test
    void maskIsNeverDrawn() {
        // Given
        SamplerSettings settings = new SamplerSettings(4, 4, policies().get(1), 3, 0, 1, 16);

        // When
        List<FinishedSample> finished = sample(settings, requests(), 1);

        // Then
        assertThat(finished)
                .allSatisfy(sample -> assertThat(sample.response().tokens()).doesNotContain(config.maskTokenId()));
    }

    @Test
    void impossibleRequestsAreRefused() {
        // Given
        SamplerSettings settings = new SamplerSettings(4, 4, policies().get(1), 1, 0, 1, 60);
        try (SamplingBatch batch = new SamplingBatch(network, config, settings)) {

            // When / Then
            assertThatThrownBy(() -> batch.add(List.of(new SampleRequest("g", 2, new int[9], 1))))
                    .hasMessage("request g/2 may need 72 positions; the model has 64");
            assertThatThrownBy(() -> batch.add(List.of(new SampleRequest("g", 2, new int[] {1, 23}, 1))))
                    .hasMessage("request g/2: prompt token 23 is not in 0..22");
            assertThat(batch.active()).isZero();
        }
    }

    @Test
    void weightsThatAreNotFiniteAreReported() {
        // Given
        Function<NamedTensor, NamedTensor> broken = tensor -> {
            ByteBuffer data = ByteBuffer.allocate(tensor.data().remaining()).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            while (data.hasRemaining()) {
                data.putFloat(Float.NaN);
            }
            return new NamedTensor(tensor.name(), tensor.shape(), data.flip());
        };
        Parameters bad = Parameters.read(
                SafetensorsWriter.bytes(weights.tensors().stream().map(broken).toList()), config);
        SamplerSettings settings = new SamplerSettings(4, 4, policies().get(1), 1, 0, 1, 16);
        try (SamplingBatch batch = new SamplingBatch(network, config, settings)) {
            batch.add(requests());

            // When / Then
            assertThatThrownBy(() -> batch.advance(bad, 5))
                    .isInstanceOf(NonFiniteScoresException.class)
                    .hasMessage("weights of version 5 give scores that are not finite");
        }
    }
}
