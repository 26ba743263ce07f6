package dev.tracerl.rollout.completion;

import java.util.List;

/** A client that is never to get anything that was sampled. */
abstract class NothingSampled implements CompletionListener {

    @Override
    public final void piece(CompletionRequest request, Piece piece) {
        throw new AssertionError("nothing is sampled");
    }

    @Override
    public final void done(CompletionRequest request, List<Choice> choices) {
        throw new AssertionError("nothing is sampled");
    }
}
