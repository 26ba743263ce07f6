package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published loss and gradient, with scores from the published toy model: W[id] + mean of visible W + P[position]. */
class GoldenLossTest {
    private static Network network;

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    static List<JsonNode> vectors() {
        return StreamSupport.stream(Models.json("/golden/block_tracerl.json").spliterator(), false)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void lossAndGradientAreThePublishedOnes(JsonNode vector) {
        check(vector, false, "loss", "grad_W");
        check(vector, true, "loss_token_advantage", "grad_W_token_advantage");
    }

    static Stream<JsonNode> fullAttentionVectors() {
        return Stream.of("llada", "dream")
                .flatMap(family -> StreamSupport.stream(
                        Models.json("/golden/" + family + "_tracerl.json").spliterator(), false));
    }

    @ParameterizedTest
    @MethodSource("fullAttentionVectors")
    void lossAndGradientWithFullAttentionAreThePublishedOnes(JsonNode vector) {
        // Given
        GoldenToy toy = GoldenToy.full(vector);

        // Then
        check(toy, vector.get("loss").asDouble(), vector.get("grad_W"));
    }

    private static void check(JsonNode vector, boolean tokenAdvantages, String lossKey, String gradientKey) {
        // Given
        GoldenToy toy = GoldenToy.block(vector, tokenAdvantages);
        check(toy, vector.get(lossKey).asDouble(), vector.get(gradientKey));
    }

    private static void check(GoldenToy toy, double loss, JsonNode gradient) {
        // When
        GoldenToy.Result single = toy.run(network, false);
        GoldenToy.Result exact = toy.run(network, true);

        // Then
        assertThat(single.loss()).isCloseTo(loss, within(1e-5 * Math.max(1, Math.abs(loss))));
        assertThat(exact.loss()).isCloseTo(loss, within(1e-9 * Math.max(1, Math.abs(loss))));
        double largest = 1e-12;
        for (JsonNode row : gradient) {
            for (double entry : Models.doubles(row)) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        for (int v = 0; v < toy.vocabulary(); v++) {
            double[] wanted = Models.doubles(gradient.get(v));
            for (int u = 0; u < toy.vocabulary(); u++) {
                assertThat(single.gradient()[v][u]).isCloseTo(wanted[u], within(1e-5 * largest));
                assertThat(exact.gradient()[v][u]).isCloseTo(wanted[u], within(1e-9 * largest + 1e-11));
            }
        }
    }
}
