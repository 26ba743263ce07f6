package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.Partition;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.WeightChunk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Where every partition of a run ends, taken while the run may be going on. Topics are asked against the flow, so that
 * whatever an archived record refers to is archived, too: the status first, requests later, tasks last. An end is the
 * end of what is committed.
 */
final class Cut {

    private final Consumer<?, ?> consumer;

    Cut(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** @param rescored topics with further verdicts on the run's trajectories */
    List<Partition> of(String runId, List<Topic<?>> rescored) {
        List<Partition> partitions = new ArrayList<>();
        partitions.addAll(ends(Topics.RUN_STATUS.name(), Topics.RUN_STATUS.name(), true));
        List<Topic<?>> topics = new ArrayList<>(rescored);
        topics.addAll(againstTheFlow(runId));
        for (Topic<?> topic : topics) {
            partitions.addAll(ends(topic.name(), suffix(topic, runId), false));
        }
        partitions.addAll(ends(Topics.RUNS.name(), Topics.RUNS.name(), true));
        partitions.addAll(ends(Topics.TASKS.name(), Topics.TASKS.name(), true));
        return partitions;
    }

    /** Name of a run's topic without the run. */
    static String suffix(Topic<?> topic, String runId) {
        return topic.name().substring(runId.length() + 1);
    }

    /** Chunks last: manifests refer to them. */
    private static List<Topic<?>> againstTheFlow(String runId) {
        List<Topic<?>> order = new ArrayList<>(RunTopics.of(runId).all());
        Collections.reverse(order);
        order.sort(Comparator.comparing(topic -> topic.valueType() == WeightChunk.class));
        return order;
    }

    private List<Partition> ends(String name, String topic, boolean shared) {
        List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                .map(found -> new TopicPartition(name, found.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream()
                .map(found ->
                        new Partition(topic, shared, found.partition(), 0, ends.getOrDefault(found, 0L), List.of()))
                .toList();
    }
}
