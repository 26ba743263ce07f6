package dev.tracerl.reward.grouping;

import dev.tracerl.reward.port.Origin;
import dev.tracerl.schemas.avro.state.WaitingTrajectory;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Trajectories that wait for their request, as they are kept in a group's state. */
final class Waiting {

    private Waiting() {}

    static WaitingTrajectory of(Origin origin) {
        return WaitingTrajectory.newBuilder()
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset())
                .setKey(origin.key() == null ? null : ByteBuffer.wrap(origin.key()))
                .setValue(ByteBuffer.wrap(Objects.requireNonNull(origin.value())))
                .build();
    }

    static Origin origin(WaitingTrajectory waiting) {
        return new Origin(
                waiting.getTopic(),
                waiting.getPartition(),
                waiting.getOffset(),
                bytes(waiting.getKey()),
                bytes(waiting.getValue()));
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.slice().get(bytes);
        return bytes;
    }
}
