package dev.tracerl.reward.admission;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.reward.port.MapBook;
import dev.tracerl.reward.port.Origin;
import dev.tracerl.reward.port.RecordingOutbox;
import dev.tracerl.reward.port.TaskCatalog;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.state.AdmissionState;
import dev.tracerl.schemas.avro.state.EndedGroup;
import dev.tracerl.schemas.avro.state.TaskReward;
import dev.tracerl.verifiers.Verifiers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Admission on books in memory, with the tasks of both sets. */
public final class AdmissionBench implements TaskCatalog {

    final RunSpec run;
    final RecordingOutbox outbox = new RecordingOutbox();
    public final Map<String, Task> tasks = new HashMap<>();
    private final MapBook<AdmissionState> state = new MapBook<>();
    public final MapBook<TaskReward> rewards = new MapBook<>();
    final MapBook<EndedGroup> ended = new MapBook<>();
    private final AdmissionBooks books = new AdmissionBooks(state, new MapBook<>(), new MapBook<>(), rewards, ended);
    private Instant now = Instant.EPOCH;
    private Admission admission;

    public AdmissionBench(RunSpec run) {
        this.run = run;
        for (int index = 0; index < Runs.TASKS; index++) {
            tasks.put(Ids.task(Runs.TRAIN, index), Records.task(Runs.TRAIN, index));
            tasks.put(Ids.task(Runs.TEST, index), Records.task(Runs.TEST, index));
        }
        restart();
    }

    /** Everything but the books is lost. */
    void restart() {
        admission = new Admission(run, parts());
    }

    AdmissionParts parts() {
        return new AdmissionParts(
                books,
                outbox,
                this,
                Verifiers.byKind(),
                () -> now,
                new RewardMetrics(new SimpleMeterRegistry(), Runs.RUN));
    }

    @Override
    public Lookup find(String taskId) {
        Optional<Task> task = Optional.ofNullable(tasks.get(taskId));
        Origin origin = new Origin("tasks", -1, -1, taskId.getBytes(StandardCharsets.UTF_8), null);
        return new Lookup(task, task.isPresent() ? "" : "it is missing", origin);
    }

    void passes(Duration time) {
        now = now.plus(time);
        admission.passed();
    }

    public void published(long version) {
        admission.published(Records.manifest(version));
    }

    void trained(long step) {
        admission.trained(Records.step(step, List.of()));
    }

    /** A step that uses groups: outcomes, manifest and step, as the trainer's transaction holds them. */
    void step(long step, List<RolloutRequest> groups) {
        groups.forEach(group -> end(group, Outcome.ACCEPTED));
        trained(step);
        published(step);
    }

    void end(RolloutRequest request, Outcome outcome) {
        end(request, outcome, List.of());
    }

    /** Ends an evaluation group with one reward per sample; null is a sample without a reward. */
    void score(RolloutRequest request, Double... rewards) {
        List<SampleOutcome> samples = new ArrayList<>();
        for (Double reward : rewards) {
            SampleResult result = reward == null ? SampleResult.MISSING : SampleResult.REWARDED;
            samples.add(new SampleOutcome(samples.size(), result, reward, null));
        }
        end(request, Outcome.ACCEPTED, samples);
    }

    /** Ends a training group without using it, all of whose samples have one reward. */
    public void filter(RolloutRequest request, double reward) {
        List<SampleOutcome> samples = new ArrayList<>();
        for (int sample = 0; sample < request.getSamples(); sample++) {
            samples.add(new SampleOutcome(sample, SampleResult.REWARDED, reward, null));
        }
        end(request, Outcome.FILTERED, samples);
    }

    /** Ends a training group of which nothing could be judged. */
    void unjudged(RolloutRequest request, SampleResult result, String reason) {
        end(request, Outcome.DEAD, List.of(new SampleOutcome(0, result, null, reason)));
    }

    void end(RolloutRequest request, Outcome outcome, List<SampleOutcome> samples) {
        admission.ended(GroupOutcome.newBuilder()
                .setGroupId(request.getGroupId())
                .setSequence(request.getSequence())
                .setRunId(request.getRunId())
                .setPurpose(request.getPurpose())
                .setEvaluationId(request.getEvaluationId())
                .setTaskId(request.getTask().getTaskId())
                .setOutcome(outcome)
                .setSamples(samples)
                .setDecidedBy("test")
                .setAt(Instant.EPOCH)
                .build());
    }

    void reportedFailure(String runId, String reason) {
        admission.reported(RunStatus.newBuilder()
                .setRunId(runId)
                .setState(RunState.FAILED)
                .setReason(reason)
                .setStep(0)
                .setVersion(0)
                .setAt(Instant.EPOCH)
                .build());
    }

    public List<RolloutRequest> training() {
        return requests(Purpose.TRAINING);
    }

    List<RolloutRequest> evaluation() {
        return requests(Purpose.EVALUATION);
    }

    private List<RolloutRequest> requests(Purpose purpose) {
        return outbox.requests.stream()
                .filter(request -> request.getPurpose() == purpose)
                .toList();
    }

    public AdmissionState state() {
        return state.find(run.getRunId()).orElseThrow();
    }

    RunStatus status() {
        return outbox.statuses.get(outbox.statuses.size() - 1);
    }
}
