package dev.tracerl.model.selfcheck;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.model.network.Network;
import java.util.List;

/**
 * Training rows in plain Java, and loss and gradient of the device's kernel for scores of the published toy model, in
 * single and double precision. Deviations of losses and gradients are relative to the largest entry, or to 1 for losses
 * below it.
 */
final class LossCheck {
    private static final double SINGLE = 1e-5;
    private static final double EXACT = 1e-9;

    /** The files print gradients with 12 decimals. */
    private static final double PRINTED = 1e-11;

    private final Network network;
    private double single;
    private double exact;

    private LossCheck(Network network) {
        this.network = network;
    }

    static List<Finding> block(String file, JsonNode vectors, Network network) {
        LossCheck check = new LossCheck(network);
        double different = 0;
        for (JsonNode vector : vectors) {
            different += RowsCheck.block(vector);
            check.add(ToyLoss.block(vector, false), vector.get("loss"), vector.get("grad_W"));
            check.add(
                    ToyLoss.block(vector, true),
                    vector.get("loss_token_advantage"),
                    vector.get("grad_W_token_advantage"));
        }
        return check.findings(file, different);
    }

    static List<Finding> full(String file, JsonNode vectors, Network network) {
        LossCheck check = new LossCheck(network);
        double different = 0;
        for (JsonNode vector : vectors) {
            different += RowsCheck.full(vector);
            check.add(ToyLoss.full(vector), vector.get("loss"), vector.get("grad_W"));
        }
        return check.findings(file, different);
    }

    private void add(ToyLoss toy, JsonNode loss, JsonNode gradient) {
        single = Math.max(single, deviation(toy.run(network, false), loss, gradient));
        exact = Math.max(exact, deviation(toy.run(network, true), loss, gradient));
    }

    private static double deviation(ToyLoss.Result result, JsonNode loss, JsonNode gradient) {
        double[][] wanted = Vectors.matrix(gradient);
        double lossSize = Math.max(1, Math.abs(loss.doubleValue()));
        double gradientSize = Math.max(1e-12, Vectors.size(wanted));
        double difference = Math.max(0, Vectors.deviation(result.gradient(), wanted) - PRINTED);
        return Math.max(Math.abs(result.loss() - loss.doubleValue()) / lossSize, difference / gradientSize);
    }

    private List<Finding> findings(String file, double different) {
        return List.of(
                Finding.exact(file + " training rows", different),
                new Finding(file + " loss and gradient, float32", single, SINGLE),
                new Finding(file + " loss and gradient, float64", exact, EXACT));
    }
}
