package dev.tracerl.trainer.support;

import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.out.Closing;
import dev.tracerl.trainer.out.LogState;
import dev.tracerl.trainer.out.Publication;
import dev.tracerl.trainer.out.StateFiles;
import dev.tracerl.trainer.out.TrainerLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A log in memory. Crashes before and after a transaction; a transaction is all or nothing, as Kafka's are. */
public final class MemoryLog implements TrainerLog.Factory {

    private final List<TrainStep> steps = new ArrayList<>();
    private final List<WeightManifest> versions = new ArrayList<>();
    private final List<GroupOutcome> outcomes = new ArrayList<>();
    private final List<Closing> closings = new ArrayList<>();
    private final List<RunStatus> statuses = new ArrayList<>();
    private final List<Evaluation> evaluations = new ArrayList<>();
    private final List<Long> dropped = new ArrayList<>();
    private final List<Long> pinned = new ArrayList<>();
    private final NavigableMap<Long, StateFiles> states = new TreeMap<>();
    private CrashPoints points = CrashPoints.none();

    /** Crashes from now on where these points say. */
    public void crashAt(CrashPoints crashPoints) {
        points = crashPoints;
    }

    /** Training steps, in order. */
    public List<TrainStep> steps() {
        return steps;
    }

    /** Published versions, in order. */
    public List<WeightManifest> versions() {
        return versions;
    }

    /** Outcomes by anyone, in order. */
    public List<GroupOutcome> outcomes() {
        return outcomes;
    }

    /** Ends of groups that were not trained. */
    public List<Closing> closings() {
        return closings;
    }

    /** States of the run. */
    public List<RunStatus> statuses() {
        return statuses;
    }

    /** Results of evaluations. */
    public List<Evaluation> evaluations() {
        return evaluations;
    }

    /** Versions whose bytes were deleted. */
    public List<Long> dropped() {
        return dropped;
    }

    /** Versions that are kept. */
    public List<Long> pinned() {
        return pinned;
    }

    /** Trainer states by step; none is deleted. */
    public NavigableMap<Long, StateFiles> states() {
        return states;
    }

    @Override
    public TrainerLog open() {
        return new Writer();
    }

    private final class Writer implements TrainerLog {

        private int outcomesSeen;
        private int evaluationsSeen;

        @Override
        public LogState fence() {
            SortedMap<Long, TrainStep> byNumber = new TreeMap<>();
            steps.forEach(step -> byNumber.put(step.getStep(), step));
            SortedMap<Long, WeightManifest> byVersion = new TreeMap<>();
            versions.forEach(version -> byVersion.put(version.getVersion(), version));
            NavigableMap<Long, TrainerStateManifest> byStep = new TreeMap<>();
            states.forEach((step, state) -> byStep.put(step, manifest(state)));
            return new LogState(byNumber, byVersion, newOutcomes(), byStep);
        }

        @Override
        public List<Long> publish(Publication publication) {
            points.pass("before publishing " + publication.version());
            if (publication.outputs().publish()) {
                versions.add(manifest(publication));
            }
            publication.outputs().step().ifPresent(steps::add);
            outcomes.addAll(publication.outputs().outcomes());
            List<Long> gone = new ArrayList<>(publication.dropped());
            gone.removeAll(pinned);
            dropped.addAll(gone);
            publication.state().ifPresent(this::add);
            points.pass("published " + publication.version());
            return gone;
        }

        @Override
        public void publish(StateFiles state) {
            points.pass("before publishing state " + state.step());
            add(state);
            points.pass("published state " + state.step());
        }

        private void add(StateFiles state) {
            if (states.put(state.step(), copy(state)) != null) {
                throw new AssertionError("state " + state.step() + " was published twice");
            }
        }

        @Override
        public Map<String, WeightBytes> read(TrainerStateManifest manifest) {
            return Objects.requireNonNull(states.get(manifest.getStep())).files();
        }

        @Override
        public void close(List<Closing> closed) {
            points.pass("before closing groups");
            closings.addAll(closed);
            closed.forEach(closing -> closing.outcome().ifPresent(outcomes::add));
            points.pass("closed groups");
        }

        @Override
        public void write(RunStatus status) {
            statuses.add(status);
        }

        @Override
        public List<GroupOutcome> newOutcomes() {
            List<GroupOutcome> fresh = List.copyOf(outcomes.subList(outcomesSeen, outcomes.size()));
            outcomesSeen = outcomes.size();
            return fresh;
        }

        @Override
        public List<Evaluation> newEvaluations() {
            List<Evaluation> fresh = List.copyOf(evaluations.subList(evaluationsSeen, evaluations.size()));
            evaluationsSeen = evaluations.size();
            return fresh;
        }

        @Override
        public void close() {
            outcomesSeen = outcomes.size();
        }
    }

    /** Files may be closed once they are published. */
    private static StateFiles copy(StateFiles state) {
        Map<String, WeightBytes> files = new LinkedHashMap<>();
        state.files().forEach((name, bytes) -> files.put(name, WeightBytes.of(bytes.toArray())));
        return new StateFiles(state.step(), state.version(), state.updates(), files);
    }

    private static TrainerStateManifest manifest(StateFiles state) {
        return TrainerStateManifest.newBuilder()
                .setRunId("run")
                .setStep(state.step())
                .setVersion(state.version())
                .setUpdates(state.updates())
                .setFiles(List.of())
                .setStore(StoreKind.KAFKA)
                .setLocation("0:0")
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    private static WeightManifest manifest(Publication publication) {
        long version = publication.version();
        return WeightManifest.newBuilder()
                .setModelId("run")
                .setVersion(version)
                .setKind(publication.base().isPresent() ? WeightKind.ADAPTER : WeightKind.FULL)
                .setSha256(publication.parameters().sha256())
                .setSize(publication.parameters().size())
                .setStore(StoreKind.KAFKA)
                .setLocation("0:0")
                .setChunks(1)
                .setStep(version)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }
}
