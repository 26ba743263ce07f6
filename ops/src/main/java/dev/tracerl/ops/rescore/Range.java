package dev.tracerl.ops.rescore;

import dev.tracerl.schemas.avro.RolloutRequest;

/**
 * Which groups are judged again.
 *
 * @param firstGroup lowest sequence number
 * @param lastGroup highest sequence number
 * @param firstStep lowest step that groups were requested for: the one after the trainer's version at that time
 * @param lastStep highest such step
 */
public record Range(long firstGroup, long lastGroup, long firstStep, long lastStep) {

    /** All groups. */
    public static final Range ALL = new Range(0, Long.MAX_VALUE, 0, Long.MAX_VALUE);

    boolean holds(RolloutRequest request) {
        long step = request.getIssuedAtVersion() + 1;
        return firstGroup <= request.getSequence()
                && request.getSequence() <= lastGroup
                && firstStep <= step
                && step <= lastStep;
    }
}
