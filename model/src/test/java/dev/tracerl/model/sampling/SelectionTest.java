package dev.tracerl.model.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.decode.BlockSampler;
import dev.tracerl.core.decode.Confidence;
import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.core.decode.LogitsSource;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The selection kernel and the batch's bookkeeping, with scores from outside. */
class SelectionTest {
    private static final int VOCABULARY = 20;
    private static final int MASK = 19;
    private static Network network;

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    static Stream<SamplerSettings> settings() {
        List<UnmaskingPolicy> policies = List.of(
                new UnmaskingPolicy.Sequential(),
                new UnmaskingPolicy.StaticLowConfidence(),
                new UnmaskingPolicy.DynamicLowConfidence(0.3),
                new UnmaskingPolicy.EntropyBounded(1.5),
                new UnmaskingPolicy.ThresholdOrBest(-0.9));
        SplittableRandom random = new SplittableRandom(1);
        return policies.stream()
                .flatMap(policy -> Stream.generate(() -> random(policy, random)).limit(12))
                .flatMap(settings -> Stream.of(settings, measured(settings, random)));
    }

    private static SamplerSettings random(UnmaskingPolicy policy, SplittableRandom random) {
        int block = random.nextInt(1, 9);
        double temperature = random.nextInt(4) == 0 ? 0 : random.nextDouble(0.3, 1.5);
        int topK = random.nextInt(2) == 0 ? 0 : random.nextInt(1, 30);
        double topP = random.nextInt(2) == 0 ? 1 : random.nextDouble(0.2, 1);
        return new SamplerSettings(
                block, random.nextInt(1, block + 3), policy, temperature, topK, topP, random.nextInt(1, 20));
    }

    /** The same with another confidence. */
    private static SamplerSettings measured(SamplerSettings s, SplittableRandom random) {
        List<Confidence.Rule> rules = List.of(Confidence.Rule.values());
        int known = s.policy() instanceof UnmaskingPolicy.DynamicLowConfidence ? 2 : rules.size();
        Confidence.Rule rule = rules.get(random.nextInt(known));
        return new SamplerSettings(
                s.blockSize(),
                s.stepsPerBlock(),
                s.policy(),
                s.temperature(),
                s.topK(),
                s.topP(),
                s.maxTokens(),
                new Confidence(rule, random.nextBoolean()),
                s.full());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void kernelDrawsWhatThePlainSamplerDraws(SamplerSettings settings) {
        for (int sample = 0; sample < 4; sample++) {
            // Given
            int[] prompt =
                    new SplittableRandom(sample).ints(sample * 3L, 0, MASK).toArray();
            LogitsSource source = randomScores(sample);
            SampleRequest request = new SampleRequest("group", sample, prompt, 42);

            // When
            SampledResponse kernel = new ExternalSampler(network, settings, MASK, Set.of(3))
                    .sample(source, request)
                    .response();

            // Then
            SampledResponse plain = new BlockSampler(settings, MASK, Set.of(3))
                    .sample(source, prompt, new CounterRandom(42, "group", sample));
            assertThat(kernel)
                    .usingRecursiveComparison()
                    .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Float.compare(a, b), Float.class)
                    .isEqualTo(plain);
        }
    }

    private static LogitsSource randomScores(long seed) {
        return (tokens, blockStart) -> {
            double[][] scores = new double[tokens.length - blockStart][];
            for (int i = 0; i < scores.length; i++) {
                long state = seed + 31L * Arrays.hashCode(tokens) + i;
                scores[i] =
                        new SplittableRandom(state).doubles(VOCABULARY, -3, 3).toArray();
            }
            return scores;
        };
    }

    static Stream<JsonNode> vectors() {
        JsonNode cases = Models.json("/golden/block_sampler.json").get("cases");
        return StreamSupport.stream(cases.spliterator(), false);
    }

    /** The vectors take the most probable token but measure confidence at a temperature, which we put into the scores. */
    @ParameterizedTest
    @MethodSource("vectors")
    void publishedResponsesAreReproduced(JsonNode vector) {
        // Given
        int eos = vector.get("eos").asInt();
        SamplerSettings settings = new SamplerSettings(
                vector.get("block_size").asInt(),
                vector.get("denoising_steps").asInt(),
                policy(vector),
                0,
                0,
                1,
                vector.get("max_tokens").asInt());
        SampleRequest request = new SampleRequest("group", 0, Models.ints(vector.get("prompt")), 1);

        // When
        SampledResponse response = new ExternalSampler(network, settings, MASK, Set.of(eos))
                .sample(publishedScores(vector), request)
                .response();

        // Then
        int kept = response.keptTokens();
        assertThat(Arrays.copyOf(response.tokens(), kept)).isEqualTo(Models.ints(vector.get("completion")));
        assertThat(Arrays.copyOf(response.stepMap(), kept)).isEqualTo(Models.ints(vector.get("unmask_steps")));
        assertThat(response.forwards()).isEqualTo(vector.get("forwards").asInt());
    }

    private static UnmaskingPolicy policy(JsonNode vector) {
        double threshold = vector.get("threshold").asDouble();
        return switch (vector.get("strategy").asText()) {
            case "sequential" -> new UnmaskingPolicy.Sequential();
            case "low_confidence_static" -> new UnmaskingPolicy.StaticLowConfidence();
            case "low_confidence_dynamic" -> new UnmaskingPolicy.DynamicLowConfidence(threshold);
            default -> new UnmaskingPolicy.EntropyBounded(threshold);
        };
    }

    private static LogitsSource publishedScores(JsonNode vector) {
        JsonNode formula = vector.get("logits");
        double a = formula.get("a").asDouble();
        double b = formula.get("b").asDouble();
        double c = formula.get("c").asDouble();
        double temperature = vector.get("temperature").asDouble();
        return (tokens, blockStart) -> {
            double[][] scores = new double[tokens.length - blockStart][VOCABULARY];
            for (int i = 0; i < scores.length; i++) {
                int position = blockStart + i;
                for (int v = 0; v < VOCABULARY; v++) {
                    double score = v == MASK ? -50 : 3 * Math.sin(a * position + b * v + c * tokens[position]);
                    scores[i][v] = (v == 0 ? score - 2 : score) / temperature;
                }
            }
            return scores;
        };
    }
}
