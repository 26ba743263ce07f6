package dev.tracerl.ops.archive;

import dev.tracerl.schemas.client.Connection;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Which cluster a connection leads to. */
final class Cluster {

    private Cluster() {}

    /** The id that it got when it was made. Brokers in containers take their image's unless they are given one. */
    static String id(Connection connection) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            return admin.describeCluster().clusterId().get();
        } catch (ExecutionException e) {
            throw new KafkaException("the cluster could not be described", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while describing the cluster", e);
        }
    }
}
