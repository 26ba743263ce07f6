package dev.tracerl.ops.deletion;

import dev.tracerl.ops.archive.RescoredTopics;
import dev.tracerl.ops.run.BrokerTopics;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicSizes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the topics on a broker that belong to a run and to no other. */
final class RunTopicsFinder {

    private final Connection connection;
    private final AvroSerdes serdes;

    RunTopicsFinder(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.serdes = serdes;
    }

    /** Those that are there, by name. */
    List<RunRemains.Held> of(String runId) {
        List<String> names = Stream.of(
                        RunTopics.of(runId).all().stream().map(Topic::name),
                        RescoredTopics.of(connection, serdes, runId).stream().map(Topic::name),
                        internal(runId))
                .flatMap(found -> found)
                .toList();
        Map<String, TopicSizes.Size> sizes = new TreeMap<>(TopicSizes.of(connection, names));
        return sizes.entrySet().stream()
                .map(entry -> new RunRemains.Held(
                        entry.getKey(),
                        entry.getValue().offsets(),
                        entry.getValue().bytes()))
                .toList();
    }

    /** Kafka Streams names them by application and store; a run of a longer name has another dot in its topics' names. */
    private Stream<String> internal(String runId) {
        Pattern pattern = Pattern.compile(
                Pattern.quote(RunTopics.of(runId).client("reward-stream")) + "-[^.]+-(changelog|repartition)");
        return BrokerTopics.names(connection).stream()
                .filter(name -> pattern.matcher(name).matches());
    }
}
