package dev.tracerl.reward.admission;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.state.AdmissionState;
import dev.tracerl.schemas.avro.state.EvaluationTally;
import dev.tracerl.schemas.avro.state.RunningGroup;

/** Issues requests: numbers them, writes them and remembers the group as running. */
final class Requests {

    /** Makes the random streams of evaluations differ from those of training. */
    private static final long EVALUATION_SEED = 0x9E3779B97F4A7C15L;

    private final RunSpec run;
    private final AdmissionParts parts;

    Requests(RunSpec run, AdmissionParts parts) {
        this.run = run;
        this.parts = parts;
    }

    void training(AdmissionState state, TrainingTasks.Draw draw) {
        long sequence = state.getTrainingIssued();
        state.setTrainingIssued(sequence + 1);
        send(request(state, draw.task(), Purpose.TRAINING, sequence)
                .setEpoch(draw.epoch())
                .setSamples(run.getGroups().getSamplesPerGroup())
                .setSampler(run.getSampler())
                .setSeed(run.getSeed())
                .build());
    }

    void evaluation(AdmissionState state, EvaluationPlan plan, EvaluationTally tally, Task task) {
        long sequence = state.getEvaluationIssued();
        state.setEvaluationIssued(sequence + 1);
        send(request(state, task, Purpose.EVALUATION, sequence)
                .setEpoch(0)
                .setSamples(plan.getSamplesPerTask())
                .setSampler(plan.getSampler())
                .setSeed(run.getSeed() ^ EVALUATION_SEED)
                .setPinnedVersion(tally.getVersion())
                .setEvaluationId(Ids.evaluation(tally.getSet(), tally.getVersion()))
                .build());
    }

    private RolloutRequest.Builder request(AdmissionState state, Task task, Purpose purpose, long sequence) {
        return RolloutRequest.newBuilder()
                .setRunId(run.getRunId())
                .setGroupId(Ids.group(run.getRunId(), purpose, sequence))
                .setSequence(sequence)
                .setPurpose(purpose)
                .setTask(task)
                .setIssuedAtVersion(state.getVersion())
                .setIssuedAt(parts.clock().instant());
    }

    private void send(RolloutRequest request) {
        RunningGroup running = RunningGroup.newBuilder()
                .setTaskId(request.getTask().getTaskId())
                .setPurpose(request.getPurpose())
                .setEvaluationId(request.getEvaluationId())
                .setRequestedAt(request.getIssuedAt())
                .build();
        parts.books().running().put(request.getGroupId(), running);
        parts.outbox().request(request);
    }
}
