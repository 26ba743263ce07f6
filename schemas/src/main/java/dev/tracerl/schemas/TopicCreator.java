package dev.tracerl.schemas;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics of the catalogue that do not exist yet. Existing ones are left as they are. */
public final class TopicCreator {

    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private TopicCreator() {}

    /**
     * Creates what is missing and waits until every partition's leader answers. If a producer writes before that, its first
     * batch can be refused and its second one accepted; then the first never fits again, and the partition hangs until the
     * delivery times out.
     *
     * @param replication replication factor; -1 takes the broker's default
     * @throws KafkaException if the broker refuses or cannot be reached
     */
    public static void create(Admin admin, Collection<? extends Topic<?>> topics, short replication) {
        Set<String> existing = await(admin.listTopics().names(), "the broker's topics could not be listed");
        List<? extends Topic<?>> missing = topics.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        admin.createTopics(missing.stream()
                        .map(topic -> topic.newTopic(replication))
                        .toList())
                .values()
                .forEach(TopicCreator::awaitCreated);
        awaitLeaders(admin, missing);
    }

    /**
     * How many partitions topics have that are there.
     *
     * @throws KafkaException if one is not
     */
    public static Map<String, Integer> partitions(Admin admin, Collection<String> names) {
        return described(admin, names).values().stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.partitions().size()));
    }

    /**
     * Identity of a topic that is there. One that is made later under the same name, or on another cluster, has another.
     *
     * @throws KafkaException if it is not there
     */
    public static Uuid id(Admin admin, String name) {
        return Objects.requireNonNull(described(admin, List.of(name)).get(name), name)
                .topicId();
    }

    private static Map<String, TopicDescription> described(Admin admin, Collection<String> names) {
        return known(() -> await(admin.describeTopics(names).allTopicNames(), "topics could not be described"));
    }

    /** Only a partition's leader knows its end. */
    private static void awaitLeaders(Admin admin, List<? extends Topic<?>> topics) {
        described(admin, topics.stream().<String>map(Topic::name).toList());
        known(() -> await(admin.listOffsets(ends(topics)).all(), "new topics have no leaders"));
    }

    /** For a moment a broker may not know a topic that was just made. */
    private static <T> T known(Supplier<T> answer) {
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (true) {
            try {
                return answer.get();
            } catch (KafkaException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static void awaitCreated(String name, KafkaFuture<Void> created) {
        try {
            await(created, "topic " + name + " could not be created");
        } catch (KafkaException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static Map<TopicPartition, OffsetSpec> ends(List<? extends Topic<?>> topics) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (Topic<?> topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        return ends;
    }

    private static <T> T await(KafkaFuture<T> future, String failure) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException(failure, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while creating topics", e);
        }
    }
}
