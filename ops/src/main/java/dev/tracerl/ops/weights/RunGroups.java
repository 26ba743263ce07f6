package dev.tracerl.ops.weights;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.client.Connection;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The consumer groups of a run: of reward-stream, of the rollouts and of the verification workers. */
public final class RunGroups {

    private static final Set<GroupState> AT_REST = EnumSet.of(GroupState.EMPTY, GroupState.DEAD, GroupState.UNKNOWN);

    private final Connection connection;

    /** Asks one broker. */
    public RunGroups(Connection connection) {
        this.connection = connection;
    }

    /** Whether each of those that are there has members, by id. */
    public Map<String, Boolean> of(String runId) {
        RunTopics topics = RunTopics.of(runId);
        Set<String> ids = Set.of(topics.client("reward-stream"), topics.client("rollout"), topics.client("verifier"));
        Map<String, Boolean> groups = new TreeMap<>();
        try (Admin admin = Admin.create(connection.clientSettings())) {
            for (GroupListing group : admin.listGroups(ListGroupsOptions.forConsumerGroups())
                    .all()
                    .get()) {
                if (ids.contains(group.groupId())) {
                    groups.put(
                            group.groupId(),
                            group.groupState().filter(AT_REST::contains).isEmpty());
                }
            }
            return groups;
        } catch (ExecutionException e) {
            throw new KafkaException("the groups of run " + runId + " could not be listed", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Deletes groups; one that is not there is no failure. */
    public void delete(Collection<String> ids) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            for (KafkaFuture<Void> deleted :
                    admin.deleteConsumerGroups(List.copyOf(ids)).deletedGroups().values()) {
                await(deleted);
            }
        } catch (ExecutionException e) {
            throw new KafkaException("the consumer groups " + ids + " could not be deleted", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void await(KafkaFuture<Void> deleted) throws ExecutionException, InterruptedException {
        try {
            deleted.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private static KafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted while asking for groups", e);
    }
}
