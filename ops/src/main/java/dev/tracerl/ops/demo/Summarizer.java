package dev.tracerl.ops.demo;

import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.ops.follow.Totals;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RunSpec;

/** Sums up a demo from what its two runs left on the log. */
final class Summarizer {

    private Summarizer() {}

    /** @throws DemoException if an evaluation that the summary needs is not on the log */
    static Summary summarize(String task, RunProgress warmUp, RunProgress rl, DemoState.Seconds spent) {
        String testSet = testSet(rl.spec());
        long finalVersion = rl.finalVersion().orElseThrow(() -> missing("final version", rl));
        Evaluation last = rl.evaluations(testSet).get(finalVersion);
        if (last == null) {
            throw missing("evaluation of version " + finalVersion + " on " + testSet, rl);
        }
        return new Summary(
                task,
                rl.spec().getSeed(),
                rl.spec().getGroups().getMaxLag(),
                new Summary.Accuracy(accuracy(warmUp, testSet), accuracy(rl, testSet), last.getAccuracy()),
                last.getSamples(),
                new Summary.Steps(warmUp.steps().size(), rl.steps().size()),
                seconds(warmUp.totals(), rl.totals(), spent),
                trajectories(rl.totals()),
                rl.totals().trainedTokens(),
                rl.totals().maxLag(),
                finalVersion,
                rl.sha256(finalVersion).orElse(""));
    }

    /** The task set that is evaluated at both ends of a run only. */
    static String testSet(RunSpec spec) {
        return spec.getEvaluation().stream()
                .filter(plan -> plan.getEveryVersions() == 0)
                .map(EvaluationPlan::getSet)
                .findFirst()
                .orElseThrow(() -> new DemoException("run " + spec.getRunId()
                        + " has no evaluation with everyVersions 0: the demo reports the accuracy on that set"));
    }

    /** Accuracy of a run's first weights. */
    private static double accuracy(RunProgress run, String testSet) {
        return run.accuracy(testSet, 0).orElseThrow(() -> missing("evaluation of version 0 on " + testSet, run));
    }

    private static Summary.Seconds seconds(Totals warmUp, Totals rl, DemoState.Seconds spent) {
        return new Summary.Seconds(
                rounded(spent.total()),
                rounded(spent.startUp()),
                rounded(spent.warmUp()),
                rounded(spent.rl()),
                rounded(warmUp.rolloutSeconds() + rl.rolloutSeconds()),
                rounded(warmUp.verificationSeconds() + rl.verificationSeconds()),
                rounded(warmUp.trainingSeconds() + rl.trainingSeconds()),
                rounded(warmUp.idleSeconds() + rl.idleSeconds()));
    }

    private static Summary.Trajectories trajectories(Totals totals) {
        return new Summary.Trajectories(
                totals.requested(),
                totals.trajectories(Outcome.ACCEPTED),
                totals.trajectories(Outcome.FILTERED),
                totals.trajectories(Outcome.EXPIRED),
                totals.trajectories(Outcome.DEAD),
                totals.trajectories(Outcome.LATE));
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 100) / 100.0;
    }

    private static DemoException missing(String what, RunProgress run) {
        return new DemoException("run " + run.spec().getRunId() + " ended, but its " + what + " is not on the log");
    }
}
