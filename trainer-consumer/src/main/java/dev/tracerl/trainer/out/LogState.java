package dev.tracerl.trainer.out;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightManifest;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is on the log of a run.
 *
 * @param steps training steps by number
 * @param versions published versions
 * @param outcomes outcomes of training groups, by anyone
 * @param states trainer states that are kept, by step
 */
public record LogState(
        SortedMap<Long, TrainStep> steps,
        SortedMap<Long, WeightManifest> versions,
        List<GroupOutcome> outcomes,
        NavigableMap<Long, TrainerStateManifest> states) {

    public LogState {
        outcomes = List.copyOf(outcomes);
    }

    /** An empty log. */
    public static LogState empty() {
        return new LogState(new TreeMap<>(), new TreeMap<>(), List.of(), new TreeMap<>());
    }

    /** With outcomes that were written since. */
    public LogState plus(List<GroupOutcome> more) {
        return new LogState(
                steps, versions, Stream.concat(outcomes.stream(), more.stream()).toList(), states);
    }

    /** The newest step, 0 if there is none. */
    public long lastStep() {
        return steps.isEmpty() ? 0 : steps.lastKey();
    }

    /** The newest roll-back of the run to an earlier version; nothing is trained after one. */
    public Optional<WeightManifest> rolledBack() {
        return versions.values().stream()
                .filter(manifest -> manifest.getRolledBackFrom() != null)
                .findFirst();
    }

    /** Whether what a step leaves is there; step 0 leaves the initial weights. */
    public boolean has(long step) {
        return step == 0 ? versions.containsKey(0L) : step <= lastStep();
    }
}
