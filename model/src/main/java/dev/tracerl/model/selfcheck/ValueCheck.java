package dev.tracerl.model.selfcheck;

import static dev.tracerl.model.selfcheck.Vectors.deviation;
import static dev.tracerl.model.selfcheck.Vectors.doubles;
import static dev.tracerl.model.selfcheck.Vectors.ints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.trace.StepMap;
import dev.tracerl.core.value.ClippedValueLoss;
import dev.tracerl.core.value.OutcomeReward;
import dev.tracerl.core.value.StepAdvantage;
import dev.tracerl.core.value.StepEstimates;
import dev.tracerl.core.value.StepTrace;
import dev.tracerl.core.value.ValueLossInputs;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Returns, advantages and the loss of the value model in plain Java, for the tokens that take part in them. */
final class ValueCheck {
    private static final double TOLERANCE = 1e-5;

    private final JsonNode vector;
    private final int response;

    private ValueCheck(JsonNode vector, int response) {
        this.vector = vector;
        this.response = response;
    }

    static List<Finding> of(String file, JsonNode vectors) {
        double different = 0;
        double estimates = 0;
        double loss = 0;
        for (JsonNode vector : vectors) {
            double sum = 0;
            for (int i = 0; i < vector.get("step_maps").size(); i++) {
                ValueCheck check = new ValueCheck(vector, i);
                different += check.differentSteps();
                estimates = Math.max(estimates, check.estimates());
                sum += check.loss();
            }
            loss = Math.max(loss, Math.abs(sum - vector.get("value_loss").doubleValue()));
        }
        return List.of(
                Finding.exact(file + " shrunk step maps", different),
                new Finding(file + " returns and advantages", estimates, TOLERANCE),
                new Finding(file + " loss", loss, TOLERANCE));
    }

    private double differentSteps() {
        StepMap shrunk = new StepMap(ints(vector.get("step_maps").get(response)))
                .shrink(
                        vector.get("shrink").intValue(),
                        BlockPartition.absolute(vector.get("block_size").intValue()));
        return Vectors.different(shrunk.steps(), steps());
    }

    private double estimates() {
        int[] judged = judged();
        int[] steps = Arrays.stream(judged).map(j -> steps()[j]).toArray();
        double[] rewards = vector.get("reward").textValue().equals("per_token")
                ? pick("token_rewards", judged)
                : OutcomeReward.onLastStep(
                        steps, vector.get("sequence_rewards").get(response).doubleValue());
        StepEstimates estimates = new StepAdvantage(
                        vector.get("gamma").doubleValue(), vector.get("lam").doubleValue())
                .estimate(new StepTrace(steps, rewards, pick("old_values", judged)));
        return Math.max(
                deviation(estimates.returns(), pick("returns", judged)),
                deviation(estimates.advantages(), pick("advantages", judged)));
    }

    private double loss() {
        int[] bits = Vectors.bits(vector.get("trainable").get(response));
        int[] trained =
                IntStream.range(0, bits.length).filter(j -> bits[j] == 1).toArray();
        double[] weights = new double[trained.length];
        Arrays.fill(weights, 1.0 / (bits.length * vector.get("rows").doubleValue()));
        return new ClippedValueLoss(vector.get("value_clip").doubleValue())
                .evaluate(new ValueLossInputs(
                        pick("new_values", trained), pick("old_values", trained), pick("returns", trained), weights))
                .loss();
    }

    /** Text, and padding as far as it is trained: the published code gives all other tokens the return 0. */
    private int[] judged() {
        int[] ids = ints(vector.get("response_ids").get(response));
        int pad = vector.get("pad_id").intValue();
        int[] padsUntil = new int[ids.length];
        for (int j = 0; j < ids.length; j++) {
            padsUntil[j] = (j == 0 ? 0 : padsUntil[j - 1]) + (ids[j] == pad ? 1 : 0);
        }
        int trained = vector.get("post_num").intValue();
        return IntStream.range(0, ids.length)
                .filter(j -> ids[j] != pad || padsUntil[j] <= trained)
                .toArray();
    }

    private int[] steps() {
        return ints(vector.get("shrunk_step_maps").get(response));
    }

    private double[] pick(String name, int[] tokens) {
        double[] all = doubles(vector.get(name).get(response));
        return Arrays.stream(tokens).mapToDouble(j -> all[j]).toArray();
    }
}
