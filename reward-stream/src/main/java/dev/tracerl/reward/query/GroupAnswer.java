package dev.tracerl.reward.query;

/** What became of a question about a group. */
public sealed interface GroupAnswer {

    /** This instance knows it. */
    record Found(GroupView group) implements GroupAnswer {}

    /**
     * Another instance is to be asked.
     *
     * @param within whether admission has been asked, so that only its partition is left
     */
    record Elsewhere(Host host, boolean within) implements GroupAnswer {}

    /** There is no such group. */
    record Missing(String message) implements GroupAnswer {}
}
