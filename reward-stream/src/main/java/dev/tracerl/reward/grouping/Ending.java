package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.TrainingGroup;

/**
 * How a group leaves this service.
 *
 * <pre>
 *   open --complete or timed out--> Ready (the trainer writes its outcome)
 *                              \--> Over  (its outcome is written here)
 * </pre>
 */
sealed interface Ending {

    /** It can be trained. */
    record Ready(TrainingGroup group) implements Ending {}

    /** It ended. */
    record Over(GroupOutcome outcome) implements Ending {}
}
