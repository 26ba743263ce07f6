package dev.tracerl.schemas.rules;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.LoraSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.OptimizerStart;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.avro.WeightSource;
import java.util.List;

/** Finds the wrong values of a run, all at once. */
public final class RunRules {

    private final RunSpec run;
    private final Findings findings = new Findings();

    private RunRules(RunSpec run) {
        this.run = run;
    }

    /** The wrong values in the order of the run's fields; empty if there are none. */
    public static List<WrongValue> wrong(RunSpec run) {
        return new RunRules(run).check();
    }

    private List<WrongValue> check() {
        findings.require(
                RunTopics.isRunId(run.getRunId()), "runId", RunTopics.RUN_ID_RULE + ", not '" + run.getRunId() + "'");
        initial(run.getModel().getInitial());
        LoraSpec lora = run.getModel().getLora();
        if (lora != null) {
            findings.atLeast(1, "model.lora.rank", lora.getRank());
            findings.require(
                    run.getModel().getTrainable().isEmpty(),
                    "model.trainable",
                    "must be empty with model.lora, which trains adapters instead of parameters");
        }
        SamplerRules.check("sampler", run.getSampler(), findings);
        if (run.getMethod() != Method.EVALUATION) {
            new TrainingRules(run, findings).check();
        }
        for (int index = 0; index < run.getEvaluation().size(); index++) {
            evaluation("evaluation[" + index + "]", run.getEvaluation().get(index));
        }
        findings.distinct(
                "evaluation",
                run.getEvaluation().stream().map(EvaluationPlan::getSet).toList());
        stop(run.getStop());
        weights(run.getWeights());
        return findings.all();
    }

    private void initial(InitialWeights initial) {
        WeightSource source = initial.getSource();
        findings.require(
                source != WeightSource.CHECKPOINT || initial.getPath() != null,
                "model.initial.path",
                "must be given for source CHECKPOINT");
        findings.require(
                source != WeightSource.RUN || initial.getRunId() != null,
                "model.initial.runId",
                "must be given for source RUN");
        findings.require(
                initial.getOptimizerState() == OptimizerStart.FRESH || source == WeightSource.RUN,
                "model.initial.optimizerState",
                "KEEP is another run's; it needs source RUN, not " + source);
    }

    private void evaluation(String key, EvaluationPlan plan) {
        findings.atLeast(1, key + ".count", plan.getCount());
        findings.atLeast(1, key + ".samplesPerTask", plan.getSamplesPerTask());
        findings.atLeast(0, key + ".everyVersions", plan.getEveryVersions());
        SamplerRules.check(key + ".sampler", plan.getSampler(), findings);
    }

    private void stop(StopRule stop) {
        findings.atLeast(0, "stop.maxSteps", stop.getMaxSteps());
        String set = stop.getTargetSet();
        Double accuracy = stop.getTargetAccuracy();
        boolean planned =
                run.getEvaluation().stream().anyMatch(plan -> plan.getSet().equals(set));
        findings.require(
                set == null || planned, "stop.targetSet", "must be a set of the evaluation plan, not '" + set + "'");
        findings.require((set == null) == (accuracy == null), "stop", "needs both targetSet and targetAccuracy");
        if (accuracy != null) {
            findings.share("stop.targetAccuracy", accuracy);
        }
    }

    private void weights(WeightPlan weights) {
        findings.require(
                weights.getStore() != StoreKind.S3,
                "weights.store",
                "must be KAFKA, or FILE with a bucket that is mounted as a folder: S3 is not available yet");
        findings.require(
                weights.getLocation() == null,
                "weights.location",
                "is not read: where the weight folder is, the services' own configuration says"
                        + " (tracerl.weight-folder)");
        findings.atLeast(1, "weights.publishEverySteps", weights.getPublishEverySteps());
        findings.atLeast(1, "weights.keepLast", weights.getKeepLast());
        findings.atLeast(0, "weights.keepEvery", weights.getKeepEvery());
        findings.atLeast(1, "weights.chunkBytes", weights.getChunkBytes());
        findings.atLeast(1, "weights.checkpointEverySteps", weights.getCheckpointEverySteps());
        findings.atLeast(0, "weights.stateEverySteps", weights.getStateEverySteps());
        findings.atLeast(1, "weights.keepStates", weights.getKeepStates());
    }
}
