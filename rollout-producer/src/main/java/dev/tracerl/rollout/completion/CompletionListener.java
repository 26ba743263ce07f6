package dev.tracerl.rollout.completion;

import java.util.List;

/** Told what becomes of a request. Called on the thread of completions: must not block. */
public interface CompletionListener {

    /** A block of a response is finished; only if the request streams. */
    void piece(CompletionRequest request, Piece piece);

    /** All responses are finished. */
    void done(CompletionRequest request, List<Choice> choices);

    /** There is no answer, or no rest of one. */
    void refused(Problem problem);
}
