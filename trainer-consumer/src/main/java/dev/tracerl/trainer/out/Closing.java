package dev.tracerl.trainer.out;

import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.TrainingGroup;
import java.util.Optional;

/**
 * The end of a group that is not trained.
 *
 * @param outcome its outcome; absent if it cannot be told which group it is
 * @param late the group, if it goes to the late topic
 * @param letter the record, if it goes to the dead letters
 */
public record Closing(Optional<GroupOutcome> outcome, Optional<TrainingGroup> late, Optional<DeadLetter> letter) {}
