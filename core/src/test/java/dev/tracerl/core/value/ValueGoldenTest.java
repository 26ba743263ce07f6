package dev.tracerl.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.golden.GoldenFile;
import dev.tracerl.core.trace.StepMap;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Returns, advantages and value loss of the published code, which computes in float32.
 *
 * <p>That code judges the tokens that are no padding, or among the first {@code post_num} padding of the response, and
 * gives all others the return 0; which padding it trains it counts in another way. Here the judged tokens are compared.
 */
class ValueGoldenTest {

    static Stream<JsonNode> vectors() {
        return GoldenFile.list(GoldenFile.read("value_gae.json")).stream();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void returnsAndAdvantagesAreThePublishedOnes(JsonNode golden) {
        StepAdvantage advantage = new StepAdvantage(
                golden.get("gamma").doubleValue(), golden.get("lam").doubleValue());
        for (int i = 0; i < golden.get("step_maps").size(); i++) {
            // Given
            Response response = new Response(golden, i);
            int[] judged = response.judged();

            // When
            StepEstimates estimates = advantage.estimate(new StepTrace(
                    response.steps(judged), response.rewards(judged), response.pick("old_values", judged)));

            // Then
            assertThat(estimates.returns()).containsExactly(response.pick("returns", judged), within(1e-5));
            assertThat(estimates.advantages()).containsExactly(response.pick("advantages", judged), within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theLossIsThePublishedOne(JsonNode golden) {
        // Given
        ClippedValueLoss loss = new ClippedValueLoss(golden.get("value_clip").doubleValue());
        double length = golden.get("response_ids").get(0).size();
        double scale = 1 / (length * golden.get("rows").intValue());

        // When
        double found = 0;
        for (int i = 0; i < golden.get("step_maps").size(); i++) {
            Response response = new Response(golden, i);
            int[] trained = response.trained();
            double[] weights = new double[trained.length];
            Arrays.fill(weights, scale);
            found += loss.evaluate(new ValueLossInputs(
                            response.pick("new_values", trained),
                            response.pick("old_values", trained),
                            response.pick("returns", trained),
                            weights))
                    .loss();
        }

        // Then
        assertThat(found).isCloseTo(golden.get("value_loss").doubleValue(), within(1e-5));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void stepsAreTheShrunkOnesOfEachBlock(JsonNode golden) {
        for (int i = 0; i < golden.get("step_maps").size(); i++) {
            // When
            StepMap shrunk = new StepMap(GoldenFile.ints(golden.get("step_maps").get(i)))
                    .shrink(
                            golden.get("shrink").intValue(),
                            BlockPartition.absolute(golden.get("block_size").intValue()));

            // Then
            assertThat(shrunk.steps())
                    .containsExactly(
                            GoldenFile.ints(golden.get("shrunk_step_maps").get(i)));
        }
    }

    /** One response of a vector. */
    private record Response(JsonNode golden, int index) {

        int[] trained() {
            String bits = golden.get("trainable").get(index).textValue();
            return IntStream.range(0, bits.length())
                    .filter(j -> bits.charAt(j) == '1')
                    .toArray();
        }

        int[] judged() {
            int[] ids = GoldenFile.ints(golden.get("response_ids").get(index));
            int pad = golden.get("pad_id").intValue();
            int pads =
                    golden.get("post_num").isNull() ? 0 : golden.get("post_num").intValue();
            return IntStream.range(0, ids.length)
                    .filter(j -> ids[j] != pad
                            || IntStream.rangeClosed(0, j)
                                            .filter(k -> ids[k] == pad)
                                            .count()
                                    <= pads)
                    .toArray();
        }

        int[] steps(int[] tokens) {
            int[] all = GoldenFile.ints(golden.get("shrunk_step_maps").get(index));
            return Arrays.stream(tokens).map(j -> all[j]).toArray();
        }

        double[] rewards(int[] tokens) {
            return golden.get("reward").textValue().equals("per_token")
                    ? pick("token_rewards", tokens)
                    : OutcomeReward.onLastStep(
                            steps(tokens),
                            golden.get("sequence_rewards").get(index).doubleValue());
        }

        double[] pick(String name, int[] tokens) {
            double[] all = GoldenFile.doubles(golden.get(name).get(index));
            return Arrays.stream(tokens).mapToDouble(j -> all[j]).toArray();
        }
    }
}
