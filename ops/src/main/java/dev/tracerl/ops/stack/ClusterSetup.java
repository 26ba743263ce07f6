package dev.tracerl.ops.stack;

import dev.tracerl.schemas.RegistrySetup;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.client.Connection;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Brings a broker and a registry into the state that the services expect. Doing it again changes nothing. */
public final class ClusterSetup {

    private static final short BROKER_DEFAULT = -1;

    private final Connection connection;

    /** A set-up of what a connection leads to. */
    public ClusterSetup(Connection connection) {
        this.connection = connection;
    }

    /** Registers all schemas; later versions must be compatible in both directions. */
    public void registry() {
        try {
            RegistrySetup registry = connection.registrySetup();
            registry.requireFullCompatibility();
            registry.register(Topics.shared());
            registry.register(RunTopics.of("any").all());
        } catch (KafkaException e) {
            throw new StackException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Creates the topics that all runs share. */
    public void topics() {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, Topics.shared(), BROKER_DEFAULT);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StackException(e.getMessage() + ": " + cause.getMessage(), e);
        }
    }
}
