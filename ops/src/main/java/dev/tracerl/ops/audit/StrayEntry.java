package dev.tracerl.ops.audit;

import dev.tracerl.schemas.avro.Stray;

/**
 * A trajectory that was not used, as the log records it.
 *
 * @param kind DUPLICATE, LATE or AFTER_CLOSE
 * @param worker the rollout worker that sampled it
 * @param origin where it is, as {@code topic-partition@offset}
 */
public record StrayEntry(String trajectoryId, String kind, String worker, String origin) {

    static StrayEntry of(Stray stray) {
        return new StrayEntry(
                stray.getTrajectoryId(),
                stray.getKind().name(),
                stray.getWorker(),
                "%s-%d@%d".formatted(stray.getTopic(), stray.getPartition(), stray.getOffset()));
    }
}
