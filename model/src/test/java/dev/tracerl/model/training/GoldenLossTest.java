package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
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

    private static void check(JsonNode vector, boolean tokenAdvantages, String lossKey, String gradientKey) {
        // Given
        Toy toy = new Toy(vector, tokenAdvantages);

        // When
        Result single = toy.run(false);
        Result exact = toy.run(true);

        // Then
        double loss = vector.get(lossKey).asDouble();
        assertThat(single.loss).isCloseTo(loss, within(1e-5 * Math.max(1, Math.abs(loss))));
        assertThat(exact.loss).isCloseTo(loss, within(1e-9 * Math.max(1, Math.abs(loss))));
        double largest = 1e-12;
        for (JsonNode row : vector.get(gradientKey)) {
            for (double entry : Models.doubles(row)) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        for (int v = 0; v < toy.vocabulary; v++) {
            double[] wanted = Models.doubles(vector.get(gradientKey).get(v));
            for (int u = 0; u < toy.vocabulary; u++) {
                assertThat(single.gradient[v][u]).isCloseTo(wanted[u], within(1e-5 * largest));
                assertThat(exact.gradient[v][u]).isCloseTo(wanted[u], within(1e-9 * largest + 1e-11));
            }
        }
    }

    private record Result(double loss, double[][] gradient) {}

    /** One target: its scores, and how they depend on the rows of W. */
    private record Target(double[] scores, double[] share, int label, double advantage, double old) {}

    private static final class Toy {
        private final JsonNode vector;
        private final int vocabulary;
        private final List<Target> targets = new ArrayList<>();
        private final double weight;

        Toy(JsonNode vector, boolean tokenAdvantages) {
            this.vector = vector;
            this.vocabulary = vector.get("vocab").asInt();
            for (JsonNode row : vector.get("rows")) {
                addTargets(row, tokenAdvantages);
            }
            this.weight = 1.0
                    / (vector.get("response_length").asInt()
                            * vector.get("rows").size());
        }

        private void addTargets(JsonNode row, boolean tokenAdvantages) {
            String mask = row.get("target_mask").asText();
            int noisy = row.get("extended_ids").size() - mask.length();
            for (int i = 0; i < mask.length(); i++) {
                if (mask.charAt(i) == '1') {
                    int scoring = i < mask.length() - noisy ? i : i + noisy;
                    double advantage = tokenAdvantages
                            ? row.get("token_advantage").get(i).asDouble()
                            : row.get("advantage").asDouble();
                    double[] share = share(row, scoring);
                    targets.add(new Target(
                            scores(share, row.get("position_ids").get(scoring).asInt()),
                            share,
                            row.get("labels").get(i).asInt(),
                            advantage,
                            row.get("old_logp").get(i).asDouble()));
                }
            }
        }

        /** Coefficients of the rows of W in the scores of a row. */
        private double[] share(JsonNode row, int scoring) {
            double[] share = new double[vocabulary];
            int[] ids = Models.ints(row.get("extended_ids"));
            String visible = row.get("attention").get(scoring).asText();
            double count = visible.chars().filter(c -> c == '1').count();
            for (int j = 0; j < ids.length; j++) {
                share[ids[j]] += visible.charAt(j) == '1' ? 1 / count : 0;
            }
            share[ids[scoring]] += 1;
            return share;
        }

        private double[] scores(double[] share, int position) {
            double[] scores = Models.doubles(vector.get("toy_model").get("P").get(position));
            for (int v = 0; v < vocabulary; v++) {
                double[] row = Models.doubles(vector.get("toy_model").get("W").get(v));
                for (int u = 0; u < vocabulary; u++) {
                    scores[u] += share[v] * row[u];
                }
            }
            return scores;
        }

        Result run(boolean exact) {
            int count = targets.size();
            double[] scores = new double[count * vocabulary];
            int[] labels = new int[count];
            double[] values = new double[3 * count];
            for (int t = 0; t < count; t++) {
                System.arraycopy(targets.get(t).scores(), 0, scores, t * vocabulary, vocabulary);
                labels[t] = targets.get(t).label();
                values[t] = targets.get(t).advantage();
                values[count + t] = targets.get(t).old();
                values[2 * count + t] = weight;
            }
            double estimator = vector.get("kl").asText().equals("k1") ? 1 : 3;
            try (TensorScope scope = network.program().scope()) {
                Tensor hyper = scope.hostDoubles(
                        0, 0, vector.get("eps").asDouble(), vector.get("beta").asDouble(), estimator, 1, 1, -1);
                List<Tensor> results = scope.run(Call.training("loss")
                        .with(tensor(scope, exact, scores, count, vocabulary), scope.ints(labels, count))
                        .with(tensor(scope, exact, values, 3, count), hyper));
                double[] sums = results.get(0).doubles();
                return new Result(sums[0] + sums[1], toTable(doubles(results.get(1), exact)));
            }
        }

        private double[][] toTable(double[] gradient) {
            double[][] table = new double[vocabulary][vocabulary];
            for (int t = 0; t < targets.size(); t++) {
                for (int v = 0; v < vocabulary; v++) {
                    for (int u = 0; u < vocabulary; u++) {
                        table[v][u] += targets.get(t).share()[v] * gradient[t * vocabulary + u];
                    }
                }
            }
            return table;
        }

        private static Tensor tensor(TensorScope scope, boolean exact, double[] values, long... shape) {
            if (exact) {
                return scope.doubles(values, shape);
            }
            float[] floats = new float[values.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) values[i];
            }
            return scope.floats(floats, shape);
        }

        private static double[] doubles(Tensor tensor, boolean exact) {
            if (exact) {
                return tensor.doubles();
            }
            float[] floats = tensor.floats();
            double[] values = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                values[i] = floats[i];
            }
            return values;
        }
    }
}
