package dev.tracerl.rollout.completion;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.rollout.group.Client;
import dev.tracerl.rollout.group.Receipt;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Waits for the responses to one prompt of a request, and hands them over to the thread of completions. */
final class PromptClient implements Client, Receipt {

    private final Completion completion;
    private final int first;
    private final @Nullable PolicyWeights pinned;
    private final boolean follows;
    private final Executor thread;

    /**
     * @param first index of the prompt's first choice
     * @param follows whether every block is of interest
     */
    PromptClient(Completion completion, int first, @Nullable PolicyWeights pinned, boolean follows, Executor thread) {
        this.completion = completion;
        this.first = first;
        this.pinned = pinned;
        this.follows = follows;
        this.thread = thread;
    }

    @Override
    public Optional<PolicyWeights> pinned() {
        return Optional.ofNullable(pinned);
    }

    @Override
    public boolean wants(int sample) {
        return !completion.ended() && !completion.choice(first + sample).ended();
    }

    @Override
    public boolean follows() {
        return follows;
    }

    @Override
    public void progressed(int sample, SampledResponse soFar) {
        take(sample, soFar);
    }

    @Override
    public void finished(int sample, SampledResponse response) {
        take(sample, response);
    }

    private void take(int sample, SampledResponse response) {
        thread.execute(() -> {
            if (wants(sample)) {
                completion.attempt(
                        () -> completion.pass(completion.choice(first + sample).take(response)));
            }
        });
    }

    @Override
    public void failed(String reason) {
        thread.execute(() -> completion.refuse(Problem.failed(reason)));
    }

    @Override
    public void done() {
        // nothing is acknowledged
    }

    @Override
    public void refuse(String reason) {
        failed(reason);
    }

    @Override
    public boolean revoked() {
        return completion.ended();
    }
}
