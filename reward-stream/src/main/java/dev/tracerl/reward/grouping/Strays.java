package dev.tracerl.reward.grouping;

import dev.tracerl.reward.port.Origin;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.StrayKind;
import dev.tracerl.schemas.avro.Trajectory;
import java.time.Instant;

/** The records of trajectories that are not used. */
final class Strays {

    private Strays() {}

    static Stray of(Incoming incoming, StrayKind kind, Instant at) {
        Trajectory trajectory = incoming.trajectory();
        Origin origin = incoming.origin();
        return Stray.newBuilder()
                .setTrajectoryId(trajectory.getTrajectoryId())
                .setGroupId(trajectory.getGroupId())
                .setRunId(trajectory.getRunId())
                .setSample(trajectory.getSample())
                .setKind(kind)
                .setWorker(trajectory.getWorker())
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset())
                .setAt(at)
                .build();
    }
}
