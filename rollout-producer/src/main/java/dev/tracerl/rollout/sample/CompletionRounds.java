package dev.tracerl.rollout.sample;

import dev.tracerl.rollout.group.Client;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.group.SampledTrajectory;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the engine that works for clients, in batches and within a share of time of their own. What fails here
 * fails for its clients only. Owned by the engine's thread.
 */
final class CompletionRounds {

    private static final Logger LOG = LoggerFactory.getLogger(CompletionRounds.class);

    private static final RoundListener UNCOUNTED = new RoundListener() {
        @Override
        public void round(Duration took) {
            // the rollouts' meters must not see it
        }

        @Override
        public void grouped(int samples, int distinct) {
            // the same
        }
    };

    private final TimeShare share;

    CompletionRounds(double share) {
        this.share = new TimeShare(share);
    }

    /** Time that went into groups of the log. */
    void others(long nanos) {
        share.others(nanos);
    }

    /**
     * One block round of what clients wait for, if it is their turn.
     *
     * @param alone whether there is nothing else to do
     */
    void advance(Batches batches, @Nullable PolicyWeights newest, boolean alone) {
        each(batches, RunningBatch::dropUnwanted); // whosever turn it is, so that their weights can be freed
        if (!alone && !share.open()) {
            return;
        }
        long start = System.nanoTime();
        each(batches, batch -> advance(batch, newest));
        share.completions(System.nanoTime() - start);
    }

    private static void each(Batches batches, Consumer<RunningBatch> work) {
        for (RunningBatch batch : batches.completions()) {
            try {
                work.accept(batch);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("completions failed");
                batch.fail("sampling failed: " + e.getMessage());
                batches.remove(batch);
            }
        }
    }

    private static void advance(RunningBatch batch, @Nullable PolicyWeights newest) {
        if (batch.active() == 0) {
            return;
        }
        batch.round(newest, UNCOUNTED).forEach(CompletionRounds::deliver);
        batch.reportProgress();
    }

    private static void deliver(SampledTrajectory sampled) {
        client(sampled.group()).finished(sampled.sample(), sampled.response());
    }

    static Client client(RolloutGroup group) {
        return Objects.requireNonNull(group.client());
    }
}
