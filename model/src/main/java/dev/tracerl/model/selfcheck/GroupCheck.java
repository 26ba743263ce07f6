package dev.tracerl.model.selfcheck;

import static dev.tracerl.model.selfcheck.Vectors.doubles;
import static dev.tracerl.model.selfcheck.Vectors.ints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.advantage.GroupAdvantage;
import dev.tracerl.core.trace.StepMap;
import java.util.List;

/** Shrunk step maps and advantages of groups. */
final class GroupCheck {
    private GroupCheck() {}

    static List<Finding> of(String file, JsonNode content) {
        double different = 0;
        for (JsonNode vector : content.get("shrink")) {
            StepMap map = new StepMap(ints(vector.get("steps")));
            int[] shrunk = map.shrink(vector.get("shrink").intValue()).steps();
            different += Vectors.different(shrunk, ints(vector.get("out")));
        }
        double deviation = 0;
        for (JsonNode vector : content.get("group_zscore")) {
            double[] advantages = GroupAdvantage.Z_SCORE.advantages(doubles(vector.get("rewards")));
            deviation = Math.max(deviation, Vectors.deviation(advantages, doubles(vector.get("advantages"))));
        }
        return List.of(
                Finding.exact(file + " shrunk step maps", different),
                new Finding(file + " group advantages", deviation, 1e-9));
    }
}
