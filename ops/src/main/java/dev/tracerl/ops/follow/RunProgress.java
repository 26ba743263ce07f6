package dev.tracerl.ops.follow;

import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of a run: built from the records of its topics in whatever order topics are read. */
public final class RunProgress {

    private final RunSpec spec;
    private final Totals totals = new Totals();
    private final Drought drought;
    private final Solutions solutions = new Solutions();
    private final List<TrainStep> steps = new ArrayList<>();
    private final Map<String, TreeMap<Long, Evaluation>> evaluations = new HashMap<>();
    private final Map<Long, String> checksums = new HashMap<>();
    private @Nullable RunStatus status;

    RunProgress(RunSpec spec) {
        this.spec = spec;
        this.drought = new Drought(spec.getRunId(), spec.getGroups().getGroupsPerStep());
    }

    void add(RunStatus found) {
        if (found.getRunId().equals(spec.getRunId())) {
            status = found;
        }
    }

    void add(TrainStep step) {
        totals.add(step);
        steps.add(step);
    }

    void add(GroupOutcome outcome) {
        totals.add(outcome);
        drought.add(outcome);
    }

    void add(Evaluation evaluation) {
        evaluations
                .computeIfAbsent(evaluation.getSet(), set -> new TreeMap<>())
                .put(evaluation.getVersion(), evaluation);
    }

    void add(WeightManifest manifest) {
        checksums.put(manifest.getVersion(), manifest.getSha256());
    }

    /** The run. */
    public RunSpec spec() {
        return spec;
    }

    /** Newest status, if admission has written any. */
    public Optional<RunStatus> status() {
        return Optional.ofNullable(status);
    }

    /** Training steps in order. */
    public List<TrainStep> steps() {
        return List.copyOf(steps);
    }

    /** Steps, versions and evaluations that there are: a number that grows whenever the run gets further. */
    public long milestones() {
        return (long) steps.size()
                + checksums.size()
                + evaluations.values().stream().mapToInt(Map::size).sum();
    }

    /** Sums. */
    public Totals totals() {
        return totals;
    }

    /** Whether groups are sampled that cannot be trained. */
    public Drought drought() {
        return drought;
    }

    /** Right answers of the newest evaluations. */
    public Solutions solutions() {
        return solutions;
    }

    /** Evaluations of a task set by version. */
    public NavigableMap<Long, Evaluation> evaluations(String set) {
        return new TreeMap<>(evaluations.getOrDefault(set, new TreeMap<>()));
    }

    /** Accuracy of a version on a task set. */
    public OptionalDouble accuracy(String set, long version) {
        Evaluation found = evaluations(set).get(version);
        return found == null ? OptionalDouble.empty() : OptionalDouble.of(found.getAccuracy());
    }

    /** The run's result, once it is decided. */
    public Optional<Long> finalVersion() {
        return status().map(RunStatus::getFinalVersion);
    }

    /** Lower-case hexadecimal SHA-256 of a version's weights. */
    public Optional<String> sha256(long version) {
        return Optional.ofNullable(checksums.get(version));
    }
}
