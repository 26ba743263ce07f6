package dev.tracerl.rollout.sample;

import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;

/**
 * Key of a group's random numbers. It leaves the run's name out, so that two runs with one seed draw the same numbers;
 * evaluations have streams of their own, named by task, so that they do not depend on the order of the requests. All
 * completions share one, so that they depend on their seed only.
 */
final class GroupKeys {

    private GroupKeys() {}

    static String of(RolloutGroup group) {
        if (group.completion()) {
            return "completion";
        }
        RolloutRequest request = group.request();
        return request.getPurpose() == Purpose.TRAINING
                ? "t-" + request.getSequence()
                : "e-" + request.getEvaluationId() + "-" + request.getTask().getTaskId();
    }
}
