package dev.tracerl.core.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.golden.GoldenFile;
import dev.tracerl.core.loss.ClippedSurrogate;
import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.loss.LogSoftmax;
import dev.tracerl.core.loss.LossInputs;
import dev.tracerl.core.loss.LossOutputs;
import dev.tracerl.core.loss.TraceRlLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceRowsGoldenTest {

    /** The file prints gradients with 12 decimals; the values agree to 4e-13 absolutely. */
    private static final double TOLERANCE = 1e-9;

    static Stream<JsonNode> cases() {
        return GoldenFile.list(GoldenFile.read("block_tracerl.json")).stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowsEqualThePublishedOnes(JsonNode golden) {
        // When
        List<ReferenceRow> rows = rows(golden);

        // Then
        List<JsonNode> expected = GoldenFile.list(golden.get("rows"));
        assertThat(rows).hasSameSizeAs(expected);
        for (int r = 0; r < rows.size(); r++) {
            ReferenceRow row = rows.get(r);
            JsonNode published = expected.get(r);
            assertThat(row.extendedIds()).isEqualTo(GoldenFile.ints(published.get("extended_ids")));
            assertThat(row.targets()).isEqualTo(GoldenFile.bits(published.get("target_mask")));
            assertThat(row.positions()).isEqualTo(GoldenFile.ints(published.get("position_ids")));
            assertThat(row.labels()).isEqualTo(GoldenFile.ints(published.get("labels")));
            assertThat(row.attention())
                    .isDeepEqualTo(GoldenFile.list(published.get("attention")).stream()
                            .map(GoldenFile::bits)
                            .toArray(boolean[][]::new));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossAndGradientWithOneAdvantagePerResponseEqualThePublishedOnes(JsonNode golden) {
        // When
        Evaluation evaluation =
                evaluate(golden, row -> index -> row.get("advantage").doubleValue());

        // Then
        evaluation.assertEquals(golden.get("loss"), golden.get("grad_W"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossAndGradientWithOneAdvantagePerTokenEqualThePublishedOnes(JsonNode golden) {
        // When
        Evaluation evaluation = evaluate(
                golden, row -> index -> row.get("token_advantage").get(index).doubleValue());

        // Then
        evaluation.assertEquals(golden.get("loss_token_advantage"), golden.get("grad_W_token_advantage"));
    }

    private static List<ReferenceRow> rows(JsonNode golden) {
        JsonNode postNum = golden.get("post_num");
        ReferenceLayout layout = new ReferenceLayout(
                golden.get("block_size").intValue(),
                golden.get("shrink").intValue(),
                golden.get("mask_id").intValue(),
                golden.get("pad_id").intValue(),
                postNum.isNull() ? Integer.MAX_VALUE : postNum.intValue());
        List<ReferenceRow> rows = new ArrayList<>();
        for (int response = 0; response < golden.get("ids").size(); response++) {
            rows.addAll(ReferenceRows.responseAligned(
                    GoldenFile.ints(golden.get("ids").get(response)),
                    golden.get("prompt_length").intValue(),
                    GoldenFile.ints(golden.get("step_maps").get(response)),
                    layout));
        }
        return rows;
    }

    /** Loss and gradient with respect to W, the mean over rows of the sum over targets divided by response length. */
    private static Evaluation evaluate(JsonNode golden, AdvantageOfRow advantages) {
        ToyModel model = ToyModel.of(golden.get("toy_model"));
        List<ReferenceRow> rows = rows(golden);
        double weight = 1.0 / rows.size() / golden.get("response_length").doubleValue();
        double loss = 0;
        double[][] gradient = new double[model.w().length][model.w().length];
        for (int r = 0; r < rows.size(); r++) {
            JsonNode published = golden.get("rows").get(r);
            loss += accumulate(
                    loss(golden), model, new Row(rows.get(r), published, advantages.of(published), weight), gradient);
        }
        return new Evaluation(loss, gradient);
    }

    private static double accumulate(TraceRlLoss objective, ToyModel model, Row row, double[][] gradient) {
        int[] targets = IntStream.range(0, row.layout().targets().length)
                .filter(i -> row.layout().targets()[i])
                .toArray();
        double[][] logits = IntStream.of(targets)
                .mapToObj(i -> model.logits(row.layout(), row.layout().scoringRow(i)))
                .toArray(double[][]::new);
        LossOutputs outputs = objective.evaluate(row.inputs(targets, logits));
        for (int t = 0; t < targets.length; t++) {
            int label = row.layout().labels()[targets[t]];
            ToyModel.backward(
                    row.layout(),
                    row.layout().scoringRow(targets[t]),
                    LogSoftmax.gradient(logits[t], label, outputs.gradient()[t]),
                    gradient);
        }
        return outputs.loss();
    }

    private static TraceRlLoss loss(JsonNode golden) {
        return new TraceRlLoss(
                new ClippedSurrogate(golden.get("eps").doubleValue()),
                golden.get("beta").doubleValue(),
                KlEstimator.valueOf(golden.get("kl").textValue().toUpperCase(Locale.ROOT)));
    }

    private interface AdvantageOfRow {
        IntToDoubleFunction of(JsonNode row);
    }

    private record Row(ReferenceRow layout, JsonNode published, IntToDoubleFunction advantage, double weight) {

        LossInputs inputs(int[] targets, double[][] logits) {
            double[] newLogProbs = IntStream.range(0, targets.length)
                    .mapToDouble(t -> LogSoftmax.logProb(logits[t], layout.labels()[targets[t]]))
                    .toArray();
            double[] old = GoldenFile.doubles(published.get("old_logp"));
            return new LossInputs(
                    newLogProbs,
                    IntStream.of(targets).mapToDouble(i -> old[i]).toArray(),
                    IntStream.of(targets).mapToDouble(advantage).toArray(),
                    IntStream.of(targets).mapToDouble(i -> weight).toArray());
        }
    }

    private record Evaluation(double loss, double[][] gradient) {

        void assertEquals(JsonNode expectedLoss, JsonNode expectedGradient) {
            assertThat(loss).isCloseTo(expectedLoss.doubleValue(), within(TOLERANCE));
            double[][] expected = GoldenFile.matrix(expectedGradient);
            for (int id = 0; id < expected.length; id++) {
                assertThat(gradient[id]).containsExactly(expected[id], within(TOLERANCE));
            }
        }
    }
}
