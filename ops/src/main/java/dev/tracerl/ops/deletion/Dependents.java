package dev.tracerl.ops.deletion;

import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.ops.weights.WeightPins;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunStates;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.WeightSource;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What needs the versions of a run. A run that starts from one reads it until its own version 0 is there, which holds the
 * same bytes. From then on it comes back to it only if it loses its checkpoint before it has left a trainer state on the
 * log, or is replayed from its first step.
 */
final class Dependents {

    private final Connection connection;
    private final AvroSerdes serdes;

    Dependents(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.serdes = serdes;
    }

    /** In words, each with what would be lost; evaluations that are over have their result and need nothing. */
    List<String> of(String runId) {
        List<String> found = new ArrayList<>();
        SortedSet<Long> pinned = new WeightPins(new RunWeights(connection, serdes, runId)).pinned();
        if (!pinned.isEmpty()) {
            found.add("versions are pinned, %s (tracerl weights unpin --run %s N)"
                    .formatted(
                            String.join(
                                    ", ", pinned.stream().map(String::valueOf).toList()),
                            runId));
        }
        Map<String, RunStatus> statuses = TopicReader.latest(connection, serdes, Topics.RUN_STATUS);
        for (RunSpec run : TopicReader.latest(connection, serdes, Topics.RUNS).values()) {
            if (startsFrom(runId, run)) {
                need(run, statuses.get(run.getRunId())).ifPresent(found::add);
            }
        }
        return found;
    }

    private static boolean startsFrom(String runId, RunSpec run) {
        InitialWeights initial = run.getModel().getInitial();
        return initial.getSource() == WeightSource.RUN && runId.equals(initial.getRunId());
    }

    private Optional<String> need(RunSpec run, @Nullable RunStatus status) {
        String name = "run " + run.getRunId();
        Long version = run.getModel().getInitial().getVersion();
        String from = version == null ? "its final version" : "its version " + version;
        boolean over = status != null && RunStates.isOver(status);
        if (over && run.getMethod() == Method.EVALUATION) {
            return Optional.empty();
        }
        if (over) {
            return Optional.of(name + " began with " + from + ": it could not be replayed from its first step");
        }
        boolean started =
                !new RunWeights(connection, serdes, run.getRunId()).history().isEmpty();
        return Optional.of(
                started
                        ? name + " began with " + from
                                + " and is not over: without its checkpoint and trainer states it" + " could not go on"
                        : name + " begins with " + from + " and has not started: it never could");
    }
}
