package dev.tracerl.ops.lineage;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** What explanations read of the log; the versions of a run are read once. Not thread-safe. */
final class LineageLog {

    private final Connection connection;
    private final AvroSerdes serdes;
    private final Map<String, RunSpec> runs;
    private final Map<String, NavigableMap<Long, WeightManifest>> versions = new HashMap<>();

    LineageLog(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.serdes = serdes;
        this.runs = TopicReader.latest(connection, serdes, Topics.RUNS);
    }

    /** All runs by name. */
    Map<String, RunSpec> runs() {
        return runs;
    }

    /** Published versions of a run. */
    NavigableMap<Long, WeightManifest> versions(String runId) {
        return versions.computeIfAbsent(runId, run -> {
            NavigableMap<Long, WeightManifest> found = new TreeMap<>();
            values(RunTopics.of(run).weightsHistory(), key -> true)
                    .forEach(manifest -> found.put(manifest.getVersion(), manifest));
            return found;
        });
    }

    /** Training steps of a run by number. */
    NavigableMap<Long, TrainStep> steps(String runId) {
        NavigableMap<Long, TrainStep> steps = new TreeMap<>();
        values(RunTopics.of(runId).trainSteps(), key -> true).forEach(step -> steps.put(step.getStep(), step));
        return steps;
    }

    /** Verdicts on groups, counted by verifier and its version. */
    Map<String, Long> verifiers(String runId, Set<String> groups) {
        Map<String, Long> verifiers = new TreeMap<>();
        for (Verdict verdict : values(RunTopics.of(runId).verdicts(), groups::contains)) {
            verifiers.merge(verdict.getVerifier() + " " + verdict.getVerifierVersion(), 1L, Long::sum);
        }
        return verifiers;
    }

    /** The result of a run, if it has one. */
    Optional<Long> finalVersion(String runId) {
        return Optional.ofNullable(TopicReader.latest(connection, serdes, Topics.RUN_STATUS)
                        .get(runId))
                .map(RunStatus::getFinalVersion);
    }

    /** Values with a wanted key, in order per partition. */
    <V extends SpecificRecord> List<V> values(Topic<V> topic, Predicate<String> wanted) {
        List<V> values = new ArrayList<>();
        TopicReader.each(connection, serdes, topic, wanted, (key, value) -> value.ifPresent(values::add));
        return values;
    }
}
