package dev.tracerl.ops.archive;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.run.BrokerTopics;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.client.TopicSizes;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** Makes room for a run on a broker. A run that is there is never touched. */
final class RestoreTarget {

    private static final short BROKER_DEFAULT = -1;

    private final Connection connection;
    private final AvroSerdes serdes;
    private final String runId;
    private final List<Topic<?>> topics;

    /** @param rescored topics of the run with further verdicts */
    RestoreTarget(Connection connection, AvroSerdes serdes, String runId, Stream<Topic<?>> rescored) {
        this.connection = connection;
        this.serdes = serdes;
        this.runId = runId;
        this.topics =
                Stream.concat(RunTopics.of(runId).all().stream(), rescored).toList();
    }

    /**
     * Makes sure that there is no such run and nothing on its topics.
     *
     * @param again delete what an interrupted restore left
     * @throws BadInputException if there is
     */
    void requireFree(boolean again) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, Topics.shared(), BROKER_DEFAULT);
            requireNone(TopicReader.latest(connection, serdes, Topics.RUNS).keySet());
            Map<String, TopicSizes.Size> sizes = TopicSizes.of(connection, names());
            boolean empty = sizes.values().stream().allMatch(size -> size.offsets() == 0);
            if (!empty && !again) {
                throw new BadInputException(("topics of run %s hold records although there is no such run, as an "
                                + "interrupted restore leaves them: --again deletes them first")
                        .formatted(runId));
            }
            if (!empty) {
                BrokerTopics.delete(connection, sizes.keySet());
            }
        }
    }

    private void requireNone(Set<String> runs) {
        if (runs.contains(runId)) {
            throw new BadInputException(
                    "run %s is on that broker already and stays as it is: choose another name with --as"
                            .formatted(runId));
        }
        runs.stream()
                .filter(other -> topicsOf(other).anyMatch(names()::contains))
                .findFirst()
                .ifPresent(other -> {
                    throw new BadInputException(
                            "run %s on that broker has a topic that run %s needs: choose another name with --as"
                                    .formatted(other, runId));
                });
    }

    private static Stream<String> topicsOf(String otherRun) {
        return RunTopics.of(otherRun).all().stream().map(Topic::name);
    }

    /**
     * Creates the topics that are missing.
     *
     * @return number of partitions by topic
     */
    Map<String, Integer> create(OptionalInt groupPartitions) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            List<Topic<?>> wanted = topics.stream()
                    .<Topic<?>>map(topic -> topic.partitions() == 1
                            ? topic
                            : topic.withPartitions(groupPartitions.orElse(topic.partitions())))
                    .toList();
            TopicCreator.create(admin, wanted, BROKER_DEFAULT);
            return requireOrder(TopicCreator.partitions(admin, names()));
        }
    }

    /** The order of such a topic is that of its only partition. */
    private Map<String, Integer> requireOrder(Map<String, Integer> partitions) {
        topics.stream()
                .filter(topic -> topic.partitions() == 1 && partitions.getOrDefault(topic.name(), 1) != 1)
                .findFirst()
                .ifPresent(topic -> {
                    throw new BadInputException("topic %s is there with %d partitions, but must have one"
                            .formatted(topic.name(), partitions.get(topic.name())));
                });
        return partitions;
    }

    private List<String> names() {
        return topics.stream().map(Topic::name).toList();
    }
}
