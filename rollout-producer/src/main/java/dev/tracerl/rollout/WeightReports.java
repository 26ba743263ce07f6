package dev.tracerl.rollout;

import dev.tracerl.rollout.metrics.RolloutMetrics;
import dev.tracerl.rollout.out.DeadLetterOffice;
import dev.tracerl.rollout.sample.WorkQueue;
import dev.tracerl.rollout.weights.PolicyWeights;
import dev.tracerl.rollout.weights.RefusedWeights;
import dev.tracerl.rollout.weights.WeightListener;
import java.time.Duration;

/** Passes on what the loader has to say, and lets the engine look again. */
record WeightReports(DeadLetterOffice deadLetters, RolloutMetrics metrics, WorkQueue queue, Failures failures)
        implements WeightListener {

    @Override
    public void loaded(PolicyWeights weights, Duration took) {
        metrics.swapped(took);
        queue.wake();
    }

    @Override
    public void refused(RefusedWeights weights) {
        deadLetters.weights(weights);
    }

    @Override
    public void pinnedChanged() {
        queue.wake();
    }

    /** An evaluation must not lack its version. */
    @Override
    public boolean pinnedFailed(long version, Throwable cause) {
        return false;
    }

    @Override
    public void failed(Throwable cause) {
        failures.report(cause);
    }
}
