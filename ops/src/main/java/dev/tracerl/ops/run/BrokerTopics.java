package dev.tracerl.ops.run;

import dev.tracerl.schemas.client.Connection;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Which topics there are on a broker, and how they go. */
public final class BrokerTopics {

    private static final long POLL_MILLIS = 100;

    private BrokerTopics() {}

    /** The names of all topics. */
    public static Set<String> names(Connection connection) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new KafkaException("the topics could not be listed", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted("listing", e);
        }
    }

    /** Deletes topics and waits until they are gone; one that is not there is no failure. */
    public static void delete(Connection connection, Collection<String> names) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            for (KafkaFuture<Void> deleted :
                    admin.deleteTopics(names).topicNameValues().values()) {
                await(deleted);
            }
            while (admin.listTopics().names().get().stream().anyMatch(names::contains)) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (ExecutionException e) {
            throw new KafkaException("the topics could not be deleted", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted("deleting", e);
        }
    }

    private static void await(KafkaFuture<Void> deleted) throws ExecutionException, InterruptedException {
        try {
            deleted.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
        }
    }

    private static KafkaException interrupted(String doing, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted while " + doing + " topics", e);
    }
}
