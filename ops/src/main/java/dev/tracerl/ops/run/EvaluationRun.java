package dev.tracerl.ops.run;

import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.ModelSpec;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.WeightSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the run that evaluates one version of another run, on that run's evaluation sets. */
public final class EvaluationRun {

    private EvaluationRun() {}

    /**
     * The run, named after both, as in {@code sudoku-eval-40}.
     *
     * @param run the run whose weights are evaluated
     * @param version the version
     */
    public static PlannedRun of(RunSpec run, long version) {
        InitialWeights weights = InitialWeights.newBuilder()
                .setSource(WeightSource.RUN)
                .setRunId(run.getRunId())
                .setVersion(version)
                .build();
        List<EvaluationPlan> plans = run.getEvaluation().stream()
                .map(plan -> EvaluationPlan.newBuilder(plan).setEveryVersions(0).build())
                .toList();
        String name = run.getRunId() + "@" + version;
        RunSpec spec = RunSpec.newBuilder(run)
                .setRunId(run.getRunId() + "-eval-" + version)
                .setMethod(Method.EVALUATION)
                .setModel(
                        ModelSpec.newBuilder(run.getModel()).setInitial(weights).build())
                .setTasks(List.of())
                .setEvaluation(plans)
                .setStop(StopRule.newBuilder().setMaxSteps(0).build())
                .setParent(name)
                .setDescription("Evaluation of " + name)
                .setCreatedAt(Instant.now())
                .build();
        return new PlannedRun(spec, List.of(), Optional.empty());
    }
}
