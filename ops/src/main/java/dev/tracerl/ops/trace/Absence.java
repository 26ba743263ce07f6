package dev.tracerl.ops.trace;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says why a trajectory is not found, and which ones there are. */
final class Absence {

    private static final String EVALUATION = ".*-e-\\d+";

    private Absence() {}

    /** Looks at all trajectories of a run, by their keys. */
    static String reason(Connection connection, AvroSerdes serdes, RunSpec run, String trajectoryId) {
        String wanted = TraceFinder.group(trajectoryId);
        NavigableSet<String> groups = new TreeSet<>();
        NavigableSet<Integer> samples = new TreeSet<>();
        TopicReader.each(
                connection,
                serdes,
                RunTopics.of(run.getRunId()).trajectories(),
                key -> {
                    groups.add(key);
                    return key.equals(wanted);
                },
                (key, value) -> value.ifPresent(trajectory -> samples.add(trajectory.getSample())));
        return reason(run, trajectoryId, groups, samples);
    }

    static String reason(RunSpec run, String trajectoryId, NavigableSet<String> groups, NavigableSet<Integer> samples) {
        boolean demonstrations = run.getMethod() == Method.SFT;
        if (groups.isEmpty()) {
            return "run %s has no trajectories%s"
                    .formatted(run.getRunId(), demonstrations ? ": it trains on demonstrations" : " yet");
        }
        if (!samples.isEmpty()) {
            String all = samples.stream().map(String::valueOf).collect(Collectors.joining(", "));
            return "run %s has no trajectory %s; of that group it has samples %s"
                    .formatted(run.getRunId(), trajectoryId, all);
        }
        return "run %s has no trajectory %s; it has those of %s%s; add /0 for the first sample of a group"
                .formatted(
                        run.getRunId(),
                        trajectoryId,
                        ranges(groups),
                        demonstrations ? ", of evaluations alone, because it trains on demonstrations" : "");
    }

    private static String ranges(NavigableSet<String> groups) {
        NavigableSet<String> evaluation = new TreeSet<>(groups);
        evaluation.removeIf(group -> !group.matches(EVALUATION));
        NavigableSet<String> training = new TreeSet<>(groups);
        training.removeAll(evaluation);
        List<String> ranges = new ArrayList<>();
        for (NavigableSet<String> some : List.of(training, evaluation)) {
            if (!some.isEmpty()) {
                ranges.add(some.size() == 1 ? some.first() : some.first() + " to " + some.last());
            }
        }
        return String.join(" and ", ranges);
    }
}
