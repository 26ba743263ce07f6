package dev.tracerl.ops.audit;

/**
 * Something on the log that should not be.
 *
 * @param kind what kind of defect
 * @param id the group, trajectory, step or topic that it is about
 * @param text what was found, in words
 */
public record Finding(Kind kind, String id, String text) {

    /** What can be wrong with a log. */
    public enum Kind {
        /** Sequence numbers or steps are missing. */
        GAP,
        /** A group, step, outcome or verdict that may exist once exists more often. */
        REPEATED,
        /** A record refers to something that is not on the log. */
        UNKNOWN,
        /** Records cannot be decoded, so that nothing is known of what they are about. */
        UNREADABLE,
        /** A finished run left a group without an outcome. */
        UNACCOUNTED,
        /** Records about one thing contradict each other. */
        CONTRADICTION
    }
}
