package dev.tracerl.rollout.weights;

/** What is known of a version that was asked for. */
public sealed interface PinnedWeights {

    /** It is being fetched. */
    record Loading() implements PinnedWeights {}

    /** It can be used. */
    record Ready(PolicyWeights weights) implements PinnedWeights {}

    /** It cannot be used, now or later. */
    record Refused(String reason) implements PinnedWeights {}

    /** It could not be fetched this time; told once, then it is fetched again. */
    record Failed(String reason) implements PinnedWeights {}
}
