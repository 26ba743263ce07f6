package dev.tracerl.ops.rescore;

import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Task;
import java.util.List;

/**
 * A training group that has ended.
 *
 * @param groupId the group
 * @param task the task
 * @param requested responses that were asked for
 * @param passed whether it went to the trainer
 * @param outcome how it ended
 * @param samples the responses that counted, in order of their index
 */
record LoggedGroup(
        String groupId, Task task, int requested, boolean passed, Outcome outcome, List<LoggedSample> samples) {

    LoggedGroup {
        samples = List.copyOf(samples);
    }
}
