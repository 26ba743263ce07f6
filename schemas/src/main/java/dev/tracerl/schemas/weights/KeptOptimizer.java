package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.OptimizerSpec;
import dev.tracerl.schemas.avro.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether a run can go on with the optimizer's state of the one that its first weights come from. */
public final class KeptOptimizer {

    private KeptOptimizer() {}

    /**
     * Why it cannot, a sentence each; none if it can. That the models have the same parameters shows when they are read.
     *
     * @param origin the run whose state it is
     * @param run the run that is to go on with it
     */
    public static List<String> objections(RunSpec origin, RunSpec run) {
        List<String> objections = new ArrayList<>();
        if (run.getMethod() == Method.EVALUATION || origin.getMethod() == Method.EVALUATION) {
            objections.add("a run of method EVALUATION trains nothing and has no optimizer");
        }
        if (origin.getModel().getLora() != null) {
            objections.add(
                    "run " + origin.getRunId()
                            + " trains adapters (model.lora): its moments are theirs, not those of the weights that start the run");
        } else if (run.getModel().getLora() != null) {
            objections.add("model.lora trains new adapters, which have no moments yet");
        }
        Set<String> before = Set.copyOf(origin.getModel().getTrainable());
        Set<String> now = Set.copyOf(run.getModel().getTrainable());
        if (!before.equals(now)) {
            objections.add("model.trainable is " + list(now) + ", but run " + origin.getRunId() + " has moments of "
                    + list(before));
        }
        betas(origin, run.getOptimizer(), objections);
        return objections;
    }

    private static String list(Set<String> patterns) {
        return patterns.isEmpty()
                ? "empty (all parameters)"
                : patterns.stream().sorted().toList().toString();
    }

    /** Moments are means that were taken with the betas, and are corrected with them. */
    private static void betas(RunSpec origin, OptimizerSpec now, List<String> objections) {
        OptimizerSpec before = origin.getOptimizer();
        if (before.getBeta1() != now.getBeta1() || before.getBeta2() != now.getBeta2()) {
            objections.add("optimizer.beta1 and beta2 are " + now.getBeta1() + " and " + now.getBeta2()
                    + ", but the moments of run " + origin.getRunId() + " were taken with " + before.getBeta1()
                    + " and " + before.getBeta2());
        }
    }
}
