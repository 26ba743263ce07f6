package dev.tracerl.ops.archive;

import dev.tracerl.ops.run.BrokerTopics;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The topics with verdicts that {@code tracerl rescore} wrote, of which a run may have any number. */
public final class RescoredTopics {

    private static final Pattern SUFFIX = Pattern.compile("rescore-([a-z0-9][a-z0-9.-]*)\\.verdicts");

    private RescoredTopics() {}

    /** Those of a run. A topic of a run that is itself named {@code RUN.rescore-NAME} is none of them. */
    public static List<Topic<?>> of(Connection connection, AvroSerdes serdes, String runId) {
        Set<String> others = TopicReader.latest(connection, serdes, Topics.RUNS).keySet().stream()
                .filter(other -> other.startsWith(runId + "."))
                .flatMap(other -> RunTopics.of(other).all().stream())
                .map(Topic::name)
                .collect(Collectors.toSet());
        return BrokerTopics.names(connection).stream()
                .filter(name -> name.startsWith(runId + ".") && !others.contains(name))
                .sorted()
                .<Topic<?>>flatMap(name -> named(runId, name.substring(runId.length() + 1)).stream())
                .toList();
    }

    /** Those of an archive, for a run of a name. */
    static Stream<Topic<?>> of(Manifest manifest, String runId) {
        return manifest.partitions().stream()
                .filter(partition -> !partition.shared())
                .map(Manifest.Partition::topic)
                .distinct()
                .flatMap(suffix -> named(runId, suffix).stream());
    }

    /** The topic of a run with a suffix; none if it is not for verdicts of this kind. */
    private static Optional<Topic<?>> named(String runId, String suffix) {
        Matcher matcher = SUFFIX.matcher(suffix);
        return matcher.matches()
                ? Optional.of(RunTopics.of(runId).rescoredVerdicts(matcher.group(1)))
                : Optional.empty();
    }
}
