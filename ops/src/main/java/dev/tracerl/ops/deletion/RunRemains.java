package dev.tracerl.ops.deletion;

import java.nio.file.Path;
import java.util.List;

/**
 * What there is of a run, as far as it goes with it. The tasks of its sets are shared, and stay.
 *
 * @param topics its topics with what they hold: its own, those of rescore, those of its Kafka Streams application
 * @param groups ids of its consumer groups
 * @param folders its folders in the weight folder
 */
public record RunRemains(String runId, List<Held> topics, List<String> groups, List<Path> folders) {

    public RunRemains {
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
        folders = List.copyOf(folders);
    }

    /**
     * What a topic holds.
     *
     * @param offsets span of its offsets: records and, under transactions, a few markers
     * @param bytes on the brokers' disks, replicas included
     */
    public record Held(String topic, long offsets, long bytes) {}

    /** Bytes of all topics. */
    public long bytes() {
        return topics.stream().mapToLong(Held::bytes).sum();
    }

    /** Offsets of all topics. */
    public long offsets() {
        return topics.stream().mapToLong(Held::offsets).sum();
    }

    List<String> topicNames() {
        return topics.stream().map(Held::topic).toList();
    }
}
