package dev.tracerl.model.selfcheck;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;

/** The published toy model, W[id] + mean of visible W + P[position], before the loss kernel: one call per part. */
final class ToyLoss {

    /** Loss and its derivative with respect to W. */
    record Result(double loss, double[][] gradient) {}

    /** One target: its scores, and how they depend on the rows of W. */
    private record Target(double[] scores, double[] share, int label, double advantage, double old) {}

    /** Targets with the same weight and the same weight of the KL term. */
    private record Part(List<Target> targets, double weight, double beta) {}

    private final JsonNode vector;
    private final int vocabulary;
    private final List<Part> parts = new ArrayList<>();

    private ToyLoss(JsonNode vector) {
        this.vector = vector;
        this.vocabulary = vector.get("vocab").asInt();
    }

    int vocabulary() {
        return vocabulary;
    }

    /** Every target weighs 1 / (rows * response length). */
    static ToyLoss block(JsonNode vector, boolean tokenAdvantages) {
        ToyLoss toy = new ToyLoss(vector);
        List<Target> targets = new ArrayList<>();
        for (JsonNode row : vector.get("rows")) {
            int[] ids = Vectors.ints(row.get("extended_ids"));
            int clean = row.get("target_mask").asText().length();
            for (int i : targets(row)) {
                int scoring = i < 2 * clean - ids.length ? i : i + ids.length - clean;
                double[] share = toy.share(
                        ids, scoring, row.get("attention").get(scoring).asText());
                JsonNode advantage =
                        tokenAdvantages ? row.get("token_advantage").get(i) : row.get("advantage");
                targets.add(new Target(
                        toy.scores(share, row.get("position_ids").get(scoring).asInt()),
                        share,
                        row.get("labels").get(i).asInt(),
                        advantage.asDouble(),
                        row.get("old_logp").get(i).asDouble()));
            }
        }
        double rows = vector.get("rows").size();
        double weight = 1 / (rows * vector.get("response_length").asInt());
        toy.parts.add(new Part(targets, weight, vector.get("beta").asDouble()));
        return toy;
    }

    /** The policy term of a row is a mean over its targets, the KL term a sum. */
    static ToyLoss full(JsonNode vector) {
        ToyLoss toy = new ToyLoss(vector);
        int shift = vector.get("family").asText().equals("dream") ? 1 : 0;
        for (JsonNode row : vector.get("rows")) {
            int[] ids = Vectors.ints(row.get("ids"));
            JsonNode visible = row.get("key_visible");
            List<Target> targets = new ArrayList<>();
            for (int i : targets(row)) {
                int scoring = i - shift;
                double[] share = toy.share(ids, scoring, visible.isNull() ? "1".repeat(ids.length) : visible.asText());
                targets.add(new Target(
                        toy.scores(share, scoring),
                        share,
                        row.get("labels").get(i).asInt(),
                        row.get("advantage").asDouble(),
                        row.get("old_logp").get(scoring).asDouble()));
            }
            double weight = 1.0 / (vector.get("rows").size() * targets.size());
            toy.parts.add(new Part(targets, weight, vector.get("beta").asDouble() * targets.size()));
        }
        return toy;
    }

    private static List<Integer> targets(JsonNode row) {
        String mask = row.get("target_mask").asText();
        List<Integer> targets = new ArrayList<>();
        for (int i = 0; i < mask.length(); i++) {
            if (mask.charAt(i) == '1') {
                targets.add(i);
            }
        }
        return targets;
    }

    /** Coefficients of the rows of W in the scores of a row. */
    private double[] share(int[] ids, int scoring, String visible) {
        double[] share = new double[vocabulary];
        double count = visible.chars().filter(c -> c == '1').count();
        for (int j = 0; j < ids.length; j++) {
            share[ids[j]] += visible.charAt(j) == '1' ? 1 / count : 0;
        }
        share[ids[scoring]] += 1;
        return share;
    }

    private double[] scores(double[] share, int position) {
        double[] scores = Vectors.doubles(vector.get("toy_model").get("P").get(position));
        for (int v = 0; v < vocabulary; v++) {
            double[] row = Vectors.doubles(vector.get("toy_model").get("W").get(v));
            for (int u = 0; u < vocabulary; u++) {
                scores[u] += share[v] * row[u];
            }
        }
        return scores;
    }

    /** The kernel's loss and gradient, in double precision if {@code exact}. */
    Result run(Network network, boolean exact) {
        double loss = 0;
        double[][] gradient = new double[vocabulary][vocabulary];
        for (Part part : parts) {
            loss += run(network, exact, part, gradient);
        }
        return new Result(loss, gradient);
    }

    private double run(Network network, boolean exact, Part part, double[][] table) {
        int count = part.targets().size();
        double[] scores = new double[count * vocabulary];
        int[] labels = new int[count];
        double[] values = new double[3 * count];
        for (int t = 0; t < count; t++) {
            Target target = part.targets().get(t);
            System.arraycopy(target.scores(), 0, scores, t * vocabulary, vocabulary);
            labels[t] = target.label();
            values[t] = target.advantage();
            values[count + t] = target.old();
            values[2 * count + t] = part.weight();
        }
        double estimator = vector.get("kl").asText().equals("k1") ? 1 : 3;
        try (TensorScope scope = network.program().scope()) {
            Tensor hyper = scope.hostDoubles(0, 0, vector.get("eps").asDouble(), part.beta(), estimator, 1, 1, -1);
            List<Tensor> results = scope.run(Call.training("loss")
                    .with(tensor(scope, exact, scores, count, vocabulary), scope.ints(labels, count))
                    .with(tensor(scope, exact, values, 3, count), hyper));
            double[] sums = results.get(0).doubles();
            addTo(table, part.targets(), doubles(results.get(1), exact));
            return sums[0] + sums[1];
        }
    }

    private void addTo(double[][] table, List<Target> targets, double[] gradient) {
        for (int t = 0; t < targets.size(); t++) {
            for (int v = 0; v < vocabulary; v++) {
                for (int u = 0; u < vocabulary; u++) {
                    table[v][u] += targets.get(t).share()[v] * gradient[t * vocabulary + u];
                }
            }
        }
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
