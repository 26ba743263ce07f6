package dev.tracerl.rollout.in;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Progress of the partitions that this worker holds, and what was committed of it. Owned by the intake's thread. */
final class AssignedPartitions {

    private final Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    /** Takes note of a record that was read and returns the progress to which it belongs. */
    PartitionProgress track(TopicPartition partition, long offset) {
        PartitionProgress state = progress.computeIfAbsent(partition, added -> new PartitionProgress());
        state.track(offset);
        return state;
    }

    /** What may be committed and is not yet. */
    Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        progress.forEach((partition, state) -> {
            OptionalLong offset = state.committable();
            if (offset.isPresent() && offset.getAsLong() != committed.getOrDefault(partition, -1L)) {
                offsets.put(partition, new OffsetAndMetadata(offset.getAsLong()));
            }
        });
        return offsets;
    }

    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    }

    /** The partitions belong to others: what waits of them is dropped, what is being sampled is finished. */
    void revoke(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionProgress gone = progress.remove(partition);
            committed.remove(partition);
            if (gone != null) {
                gone.revoke();
            }
        }
    }
}
