package dev.tracerl.core.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.golden.GoldenFile;
import dev.tracerl.core.loss.ClippedSurrogate;
import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.loss.LogSoftmax;
import dev.tracerl.core.loss.LossInputs;
import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.loss.LossOutputs;
import dev.tracerl.core.loss.TraceRlLoss;
import dev.tracerl.core.pack.ReferenceFullRows.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows, losses and gradients of the published code for models with full attention. */
class FullRowsGoldenTest {

    static Stream<JsonNode> llada() {
        return GoldenFile.list(GoldenFile.read("llada_tracerl.json")).stream();
    }

    static Stream<JsonNode> cases() {
        return Stream.concat(llada(), GoldenFile.list(GoldenFile.read("dream_tracerl.json")).stream());
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
            assertThat(row.extendedIds()).isEqualTo(GoldenFile.ints(published.get("ids")));
            assertThat(row.targets()).isEqualTo(GoldenFile.bits(published.get("target_mask")));
            assertThat(row.labels()).isEqualTo(GoldenFile.ints(published.get("labels")));
            boolean[] visible = visible(published, row.labels().length);
            assertThat(List.of(row.attention()))
                    .hasSize(visible.length)
                    .allSatisfy(sees -> assertThat(sees).isEqualTo(visible));
        }
    }

    /** The policy term is divided by the row's targets, the KL term is not. */
    @ParameterizedTest
    @MethodSource("cases")
    void lossAndGradientOfTheRowsEqualThePublishedOnes(JsonNode golden) {
        // Given
        List<ReferenceRow> rows = rows(golden);
        Sum sum = new Sum(golden);

        // When
        for (int r = 0; r < rows.size(); r++) {
            ReferenceRow row = rows.get(r);
            int[] targets = indices(row.targets().length, i -> row.targets()[i]);
            int[] scoring = IntStream.of(targets).map(row::scoringRow).toArray();
            JsonNode published = golden.get("rows").get(r);
            double[] old = GoldenFile.doubles(published.get("old_logp"));
            double[][] logits = matrix(scoring, i -> sum.model.logits(row, i));
            int[] labels = IntStream.of(targets).map(i -> row.labels()[i]).toArray();
            LossInputs inputs = new LossInputs(
                    logProbs(logits, labels),
                    doubles(scoring, i -> old[i]),
                    doubles(targets, i -> published.get("advantage").doubleValue()),
                    doubles(targets, i -> 1.0 / rows.size() / targets.length));
            double[][] slopes = sum.add(inputs, logits, labels);
            for (int t = 0; t < targets.length; t++) {
                ToyModel.backward(row, scoring[t], slopes[t], sum.gradient);
            }
        }

        // Then
        sum.assertPublished(1e-9);
    }

    /**
     * Left padding of a prompt is visible to LLaDA, so that its published batches can be packed as they are. Tolerance of
     * the examples' float32 advantages and weights.
     */
    @ParameterizedTest
    @MethodSource("llada")
    void lossAndGradientOfThePackedResponsesEqualThePublishedOnes(JsonNode golden) {
        // Given
        List<PackedExample> examples = packed(golden, Layout.FULL);
        Sum sum = new Sum(golden);
        int row = 0;

        // When
        for (PackedExample example : examples) {
            for (int copy = 0; copy < copies(example); copy++) {
                addCopy(sum, example, copy, golden.get("rows").get(row));
                row++;
            }
        }

        // Then
        assertThat(row).isEqualTo(golden.get("rows").size());
        sum.assertPublished(1e-6);
    }

    private static void addCopy(Sum sum, PackedExample example, int copy, JsonNode published) {
        int[] targets = indices(example.targets().length, t -> example.copy()[example.targets()[t]] == copy);
        int[] scoring = IntStream.of(targets).map(t -> example.targets()[t]).toArray();
        double share = copies(example) / (double) sum.golden.get("rows").size();
        double[] old = GoldenFile.doubles(published.get("old_logp"));
        double[][] logits = matrix(scoring, i -> sum.model.logits(example, i));
        int[] labels = IntStream.of(targets).map(t -> example.labels()[t]).toArray();
        LossInputs inputs = new LossInputs(
                logProbs(logits, labels),
                doubles(scoring, i -> old[example.positions()[i]]),
                doubles(targets, t -> example.advantages()[t]),
                doubles(targets, t -> example.weights()[t] * share));
        double[][] slopes = sum.add(inputs, logits, labels);
        for (int t = 0; t < targets.length; t++) {
            ToyModel.backward(example, scoring[t], slopes[t], sum.gradient);
        }
    }

    private static int copies(PackedExample example) {
        return 1 + Arrays.stream(example.copy()).max().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void copiesOfAPackedResponseAreThePublishedRows(JsonNode golden) {
        // When
        boolean shifted = golden.get("family").textValue().equals("dream");
        List<PackedExample> examples = packed(golden, shifted ? Layout.FULL_SHIFTED : Layout.FULL);

        // Then
        int shift = shifted ? 1 : 0;
        int length = golden.get("ids").get(0).size();
        int next = 0;
        for (PackedExample example : examples) {
            assertThat(example.cleanLength()).isZero();
            for (int from = 0; from < example.rows(); from += length) {
                int start = from;
                JsonNode published = golden.get("rows").get(next++);
                assertThat(Arrays.copyOfRange(example.tokens(), from, from + length))
                        .isEqualTo(GoldenFile.ints(published.get("ids")));
                boolean[] targets = new boolean[length];
                IntStream.of(example.targets())
                        .filter(row -> row >= start && row < start + length)
                        .forEach(row -> targets[row - start + shift] = true);
                assertThat(targets).isEqualTo(GoldenFile.bits(published.get("target_mask")));
            }
        }
        assertThat(next).isEqualTo(golden.get("rows").size());
    }

    private static boolean[] visible(JsonNode row, int length) {
        boolean[] visible = new boolean[length];
        Arrays.fill(visible, true);
        return row.get("key_visible").isNull() ? visible : GoldenFile.bits(row.get("key_visible"));
    }

    private static List<ReferenceRow> rows(JsonNode golden) {
        Family family = Family.valueOf(golden.get("family").textValue().toUpperCase(Locale.ROOT));
        ReferenceLayout layout = new ReferenceLayout(
                1,
                golden.get("shrink").intValue(),
                golden.get("mask_id").intValue(),
                golden.get("pad_id").intValue(),
                trainedPads(golden));
        List<ReferenceRow> rows = new ArrayList<>();
        for (int response = 0; response < golden.get("ids").size(); response++) {
            rows.addAll(ReferenceFullRows.of(
                    family,
                    GoldenFile.ints(golden.get("ids").get(response)),
                    golden.get("prompt_length").intValue(),
                    GoldenFile.ints(golden.get("step_maps").get(response)),
                    layout));
        }
        return rows;
    }

    private static List<PackedExample> packed(JsonNode golden, Layout layout) {
        int pad = golden.get("pad_id").intValue();
        int promptLength = golden.get("prompt_length").intValue();
        PackSettings settings = new PackSettings(
                        1,
                        golden.get("shrink").intValue(),
                        golden.get("mask_id").intValue(),
                        LossNormalization.STEPS,
                        1)
                .withLayout(layout)
                .withPadding(new TrainedPadding(trainedPads(golden), Set.of(pad)));
        List<PackedExample> examples = new ArrayList<>();
        for (int i = 0; i < golden.get("ids").size(); i++) {
            int[] ids = GoldenFile.ints(golden.get("ids").get(i));
            int[] response = Arrays.copyOfRange(ids, promptLength, ids.length);
            int kept = response.length;
            while (kept > 1 && response[kept - 1] == pad) {
                kept--;
            }
            float advantage = golden.get("advantages").get(i).floatValue();
            examples.add(TracePacker.pack(
                    new TracedResponse(
                            Arrays.copyOf(ids, promptLength),
                            response,
                            kept,
                            GoldenFile.ints(golden.get("step_maps").get(i)),
                            new float[0],
                            TracedResponse.repeat(advantage, response.length)),
                    settings));
        }
        return examples;
    }

    private static int trainedPads(JsonNode golden) {
        return golden.get("post_num").isNull()
                ? Integer.MAX_VALUE
                : golden.get("post_num").intValue();
    }

    private static double[] logProbs(double[][] logits, int[] labels) {
        return doubles(indices(labels.length, t -> true), t -> LogSoftmax.logProb(logits[t], labels[t]));
    }

    private static int[] indices(int length, IntPredicate condition) {
        return IntStream.range(0, length).filter(condition).toArray();
    }

    private static double[] doubles(int[] indices, IntToDoubleFunction value) {
        return IntStream.of(indices).mapToDouble(value).toArray();
    }

    private static double[][] matrix(int[] indices, IntFunction<double[]> row) {
        return IntStream.of(indices).mapToObj(row).toArray(double[][]::new);
    }

    /** Loss and gradient with respect to W, summed row by row. */
    private static final class Sum {

        private final JsonNode golden;
        private final ToyModel model;
        private final double[][] gradient;
        private double loss;

        Sum(JsonNode golden) {
            this.golden = golden;
            this.model = ToyModel.of(golden.get("toy_model"));
            this.gradient = new double[model.w().length][model.w().length];
        }

        /** Adds a row's loss; returns its derivative with respect to the scores of each target. */
        double[][] add(LossInputs inputs, double[][] logits, int[] labels) {
            TraceRlLoss objective = new TraceRlLoss(
                    new ClippedSurrogate(golden.get("eps").doubleValue()),
                    golden.get("beta").doubleValue() * inputs.targets(),
                    KlEstimator.valueOf(golden.get("kl").textValue().toUpperCase(Locale.ROOT)));
            LossOutputs outputs = objective.evaluate(inputs);
            loss += outputs.loss();
            int[] all = indices(labels.length, t -> true);
            return matrix(all, t -> LogSoftmax.gradient(logits[t], labels[t], outputs.gradient()[t]));
        }

        void assertPublished(double tolerance) {
            assertThat(loss).isCloseTo(golden.get("loss").doubleValue(), within(tolerance));
            double[][] expected = GoldenFile.matrix(golden.get("grad_W"));
            for (int id = 0; id < expected.length; id++) {
                assertThat(gradient[id]).containsExactly(expected[id], within(tolerance));
            }
        }
    }
}
