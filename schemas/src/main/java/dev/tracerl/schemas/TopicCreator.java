package dev.tracerl.schemas;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics of the catalogue that do not exist yet. Existing ones are left as they are. */
public final class TopicCreator {

    private TopicCreator() {}

    /**
     * Creates what is missing and waits until the broker has done so.
     *
     * @param replication replication factor; -1 takes the broker's default
     * @throws KafkaException if the broker refuses or cannot be reached
     */
    public static void create(Admin admin, Collection<? extends Topic<?>> topics, short replication) {
        Set<String> existing = existing(admin);
        List<NewTopic> missing = topics.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .<NewTopic>map(topic -> topic.newTopic(replication))
                .toList();
        admin.createTopics(missing).values().forEach((name, created) -> {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("topic " + name + " could not be created", e.getCause());
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
    }

    private static Set<String> existing(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new KafkaException("the broker's topics could not be listed", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static KafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted while creating topics", e);
    }
}
