package dev.tracerl.trainer.plan;

import dev.tracerl.core.decode.EarlyStop;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.loss.Correction;
import dev.tracerl.core.policy.BehaviorRule;
import dev.tracerl.core.policy.TrainingView;
import dev.tracerl.schemas.avro.LogProbSource;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.trainer.train.StepSettings.Denominator;
import dev.tracerl.trainer.train.StepSettings.Recomputed;
import dev.tracerl.trainer.train.StepSettings.Recorded;
import java.util.List;
import java.util.stream.Stream;

/** Decides whose probabilities a run's importance ratio is taken to, and refuses what would be unsound. */
final class Denominators {

    private static final Recorded RECORDED = new Recorded();

    private final RunSpec spec;
    private final Problems problems;
    private final List<String> objections;

    /**
     * Rules for one run.
     *
     * @param training how the trainer evaluates tokens
     */
    Denominators(RunSpec spec, SamplerSettings sampler, TrainingView training, Problems problems) {
        this.spec = spec;
        this.problems = problems;
        this.objections = Stream.concat(BehaviorRule.objections(sampler, training).stream(), padding(spec, sampler))
                .toList();
    }

    private static Stream<String> padding(RunSpec spec, SamplerSettings sampler) {
        int trained = spec.getLoss().getTrainablePadding();
        return trained == 0 || sampler.full().earlyStop() == EarlyStop.NEVER
                ? Stream.empty()
                : Stream.of("padding after an early stop was filled in, not drawn, and trainablePadding is " + trained);
    }

    Denominator plan() {
        LossSpec loss = spec.getLoss();
        Correction correction =
                problems.attempt("loss.correction", () -> correction(loss)).orElse(Correction.CLIP);
        if (loss.getLogProbs() == LogProbSource.BEHAVIOR) {
            recorded(correction);
            return RECORDED;
        }
        recomputed(correction);
        return new Recomputed(correction);
    }

    private void recorded(Correction correction) {
        objections.forEach(reason -> problems.require(
                false,
                "loss.logProbs: recorded log-probabilities cannot be the denominator: " + reason
                        + "; use RECOMPUTE with maxLag 0"));
        problems.require(
                correction.kind() == Correction.Kind.CLIP,
                "loss.correction is " + correction.kind()
                        + ": it corrects the policy at the start of a step; use it with loss.logProbs RECOMPUTE");
    }

    private void recomputed(Correction correction) {
        int maxLag = spec.getGroups().getMaxLag();
        boolean accepted = spec.getLoss().getAcceptContextApproximation();
        if (correction.kind() == Correction.Kind.CLIP) {
            problems.require(
                    maxLag == 0 || accepted,
                    "groups.maxLag is " + maxLag + " with loss.logProbs RECOMPUTE and no correction: stale groups would"
                            + " be trained as if they were fresh; use maxLag 0, a loss.correction, logProbs BEHAVIOR, or"
                            + " loss.acceptContextApproximation");
            return;
        }
        objections.forEach(reason -> problems.require(
                false,
                "loss.correction: recorded log-probabilities cannot be compared with the trainer's: " + reason
                        + "; use CLIP with maxLag 0 or loss.acceptContextApproximation"));
    }

    private static Correction correction(LossSpec loss) {
        return switch (loss.getCorrection()) {
            case CLIP -> Correction.CLIP;
            case TIS -> new Correction(Correction.Kind.TIS, 0, loss.getCorrectionHigh());
            case ICEPOP -> new Correction(Correction.Kind.ICEPOP, loss.getCorrectionLow(), loss.getCorrectionHigh());
            case DECOUPLED -> new Correction(Correction.Kind.DECOUPLED, 0, loss.getCorrectionHigh());
        };
    }
}
