package dev.tracerl.schemas.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How much topics hold. */
public final class TopicSizes {

    private TopicSizes() {}

    /**
     * What a topic holds.
     *
     * @param partitions number of its partitions
     * @param offsets span of its offsets over all partitions
     * @param bytes on the brokers' disks, replicas included
     */
    public record Size(int partitions, long offsets, long bytes) {}

    /** Sizes of those of the topics that exist. */
    public static Map<String, Size> of(Connection connection, Collection<String> topics) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            Set<String> existing = new HashSet<>(topics);
            existing.retainAll(admin.listTopics().names().get());
            Set<TopicPartition> partitions = partitions(admin, existing);
            Map<TopicPartition, Long> first = offsets(admin, partitions, OffsetSpec.earliest());
            Map<TopicPartition, Long> last = offsets(admin, partitions, OffsetSpec.latest());
            Map<String, Long> bytes = bytes(admin);
            Map<String, Long> spans = new HashMap<>();
            Map<String, Integer> counts = new HashMap<>();
            partitions.forEach(partition -> counts.merge(partition.topic(), 1, Integer::sum));
            partitions.forEach(partition -> spans.merge(
                    partition.topic(),
                    last.getOrDefault(partition, 0L) - first.getOrDefault(partition, 0L),
                    Long::sum));
            Map<String, Size> sizes = new HashMap<>();
            spans.forEach((topic, span) ->
                    sizes.put(topic, new Size(counts.getOrDefault(topic, 0), span, bytes.getOrDefault(topic, 0L))));
            return sizes;
        } catch (ExecutionException e) {
            throw new KafkaException("cannot describe topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while describing topics", e);
        }
    }

    private static Set<TopicPartition> partitions(Admin admin, Set<String> topics)
            throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = new HashSet<>();
        for (TopicDescription topic :
                admin.describeTopics(topics).allTopicNames().get().values()) {
            topic.partitions()
                    .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.partition())));
        }
        return partitions;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Set<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, p -> which)))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> offset(entry.getValue())));
    }

    private static long offset(ListOffsetsResultInfo found) {
        return found.offset();
    }

    private static Map<String, Long> bytes(Admin admin) throws ExecutionException, InterruptedException {
        Set<Integer> brokers = admin.describeCluster().nodes().get().stream()
                .map(node -> node.id())
                .collect(Collectors.toSet());
        Map<String, Long> bytes = new HashMap<>();
        for (Map<String, LogDirDescription> dirs :
                admin.describeLogDirs(brokers).allDescriptions().get().values()) {
            for (LogDirDescription dir : dirs.values()) {
                dir.replicaInfos()
                        .forEach((partition, replica) -> bytes.merge(partition.topic(), replica.size(), Long::sum));
            }
        }
        return bytes;
    }
}
