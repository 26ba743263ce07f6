package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.Optional;

/** Whether a trajectory says consistently which sample of which group it is. */
final class TrajectoryIdentity {

    private TrajectoryIdentity() {}

    /** Why the trajectory cannot belong to a group of the run; empty if it can. */
    static Optional<String> problem(String runId, Trajectory trajectory) {
        if (!runId.equals(trajectory.getRunId())) {
            return Optional.of("belongs to run " + trajectory.getRunId() + ", not " + runId);
        }
        if (trajectory.getSequence() < 0 || trajectory.getSample() < 0) {
            return Optional.of(
                    "sequence " + trajectory.getSequence() + " or sample " + trajectory.getSample() + " is negative");
        }
        String group = Ids.group(runId, trajectory.getPurpose(), trajectory.getSequence());
        if (!group.equals(trajectory.getGroupId())) {
            return Optional.of("groupId is " + trajectory.getGroupId() + ", must be " + group);
        }
        String id = Ids.trajectory(group, trajectory.getSample());
        if (!id.equals(trajectory.getTrajectoryId())) {
            return Optional.of("trajectoryId is " + trajectory.getTrajectoryId() + ", must be " + id);
        }
        return Optional.empty();
    }
}
