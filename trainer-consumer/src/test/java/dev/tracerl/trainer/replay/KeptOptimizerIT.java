package dev.tracerl.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.LoraSpec;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.OptimizerSpec;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Schedule;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.ValueSpec;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.weights.TrainerStates;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.in.InitialState;
import dev.tracerl.trainer.plan.Planner;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.run.RunningTrainer;
import dev.tracerl.trainer.state.Beginning;
import dev.tracerl.trainer.stop.StopSignal;
import dev.tracerl.trainer.support.LocalLog;
import dev.tracerl.trainer.support.Trainers;
import dev.tracerl.trainer.train.ModelLearner.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on with the optimizer of another one, here from version 2 of 5. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptOptimizerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final LocalLog log = LocalLog.shared();
    private final Recorder recorder = new Recorder();
    private final RunTopics parent = RunTopics.of("kept-parent");

    @TempDir
    private static Path dataDir;

    @BeforeAll
    void trainTheParent() {
        RunSpec run = run("kept-parent");
        run.getStop().setMaxSteps(5);
        log.createRun("kept-parent");
        groups("kept-parent", 0, 10);
        train(run, 5, "disk");
    }

    @Test
    void onTheSameDataItTakesTheStepsThatTheOtherRunTook() {
        // Given
        RunSpec run = fork("kept");
        RunTopics topics = log.createRun("kept");
        groups("kept", 4, 7);
        train(run, 1, "disk");

        // When: it is killed, its disk is lost and the other run is gone
        run.getModel().getInitial().setRunId("nobody");
        groups("kept", 7, 10);
        train(run, 3, "another disk");
        Optional<Difference> difference = replay("kept");

        // Then
        assertThat(versions("kept")).isEqualTo(versions("kept-parent").subList(2, 6));
        assertThat(log.read(topics.trainSteps()))
                .usingElementComparator(Comparator.comparing(KeptOptimizerIT::numbers))
                .isEqualTo(log.read(parent.trainSteps()).subList(2, 5));
        assertThat(states("kept")).containsOnlyKeys(0L, 2L, 3L);
        assertThat(difference).isEmpty();
        assertThat(recorder.starts()).containsExactly(0L);
        log.replace(topics.trainerStates(), List.of(), state -> "");
        assertThatThrownBy(() -> replay("kept"))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("its trainer state of step 0, which holds it, is not on the log any more");
    }

    private static String numbers(TrainStep step) {
        return List.of(
                        step.getUpdates(),
                        step.getLearningRate(),
                        step.getLoss(),
                        step.getGradientNorm(),
                        Objects.requireNonNull(step.getValueLoss()))
                .toString();
    }

    private NavigableMap<Long, TrainerStateManifest> states(String runId) {
        return new TrainerStates(log.connection(), log.serdes()).of(runId);
    }

    @Test
    void aValueModelThatTheRunDoesNotHaveIsLeftBehind() {
        // Given
        RunSpec run = fork("kept-no-value");
        run.setValue(null);

        // When
        try (Beginning beginning = read(run)) {

            // Then
            assertThat(beginning.tensors().value()).isEmpty();
            assertThat(beginning.tensors().optimizer().size()).isPositive();
            assertThat(beginning.updates()).isEqualTo(4);
        }
    }

    @Test
    void otherRatesAndBlocksAreNoObstacle() {
        // Given
        RunSpec run = fork("kept-other");
        run.getOptimizer().setLearningRate(1e-4);
        run.getSampler().setBlockSize(8);

        // When
        try (Beginning beginning = read(run)) {

            // Then
            assertThat(beginning.tensors().parameters().sha256())
                    .isEqualTo(versions("kept-parent").get(2));
        }
    }

    @Test
    void whatCannotGoOnIsRefusedWithTheReason() {
        refused(
                run -> run.getModel().getInitial().setVersion(1L),
                "run kept-parent has no trainer state at version 1; it has those of versions [2, 4, 5]");
        refused(run -> run.getModel().getInitial().setRunId("nobody"), "model.initial: there is no run nobody");
        refused(
                run -> run.getModel()
                        .setLora(LoraSpec.newBuilder()
                                .setRank(1)
                                .setAlpha(2)
                                .setTargets(List.of(".*q_proj.*"))
                                .build()),
                "model.lora trains new adapters, which have no moments yet");
        refused(
                run -> run.getModel().setTrainable(List.of(".*q_proj.*", ".*k_proj.*")),
                "model.trainable is [.*k_proj.*, .*q_proj.*], but run kept-parent has moments of empty (all parameters)");
        refused(
                run -> run.getOptimizer().setBeta2(0.95),
                "optimizer.beta1 and beta2 are 0.9 and 0.95, but the moments of run kept-parent were taken with 0.9 and 0.999");
        refused(
                run -> run.getModel()
                        .setConfig(TestRuns.MODEL
                                .toJson()
                                .replace("\"intermediate_size\" : 32", "\"intermediate_size\" : 48")),
                "model.layers.0.mlp");
        refused(
                run -> run.getOptimizer().setTotalUpdates(4),
                "the learning rate is zero after the 4 updates that are kept");
        refused(run -> run.setMethod(Method.EVALUATION), "a run of method EVALUATION trains nothing");
    }

    private void refused(Consumer<RunSpec> change, String reason) {
        RunSpec run = fork("kept-refused");
        change.accept(run);
        assertThatThrownBy(() -> read(run))
                .isInstanceOf(RefusedRunException.class)
                .hasMessageStartingWith("model.initial")
                .hasMessageContaining(reason);
    }

    private Beginning read(RunSpec run) {
        return new InitialState(log.connection(), log.serdes())
                .read(run, Planner.plan(run).model());
    }

    private List<String> versions(String runId) {
        return log.read(RunTopics.of(runId).weightsHistory()).stream()
                .map(WeightManifest::getSha256)
                .toList();
    }

    private Optional<Difference> replay(String runId) {
        return new Replay(log.connection(), log.serdes(), new Device("cpu", 1), new StopSignal(), recorder)
                .run(new ReplayRequest(runId, 0, 3));
    }

    private void groups(String runId, long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            TrainingGroup group = TestRecords.group(runId, sequence, 0);
            log.send(RunTopics.of(runId).trainingGroups(), group.getGroupId(), group);
        }
    }

    private void train(RunSpec run, int untilStep, String disk) {
        log.send(Topics.RUNS, run.getRunId(), run);
        RunTopics topics = RunTopics.of(run.getRunId());
        try (RunningTrainer trainer = Trainers.start(log, run, dataDir.resolve(disk))) {
            assertThat(trainer).isNotNull();
            await().atMost(PATIENCE).until(() -> log.read(topics.trainSteps()).size() == untilStep);
        }
    }

    private static RunSpec fork(String runId) {
        RunSpec run = run(runId);
        run.getModel().setInitial(TestRuns.kept("kept-parent", 2));
        return run;
    }

    /** With all that counts steps: moments, a schedule, a value model. */
    private static RunSpec run(String runId) {
        return TestRuns.run(runId, Method.TRACERL)
                .setGroups(TestRuns.groups().setMaxLag(8).build())
                .setLoss(LossSpec.newBuilder().setMinibatches(2).build())
                .setOptimizer(OptimizerSpec.newBuilder()
                        .setLearningRate(1e-2)
                        .setSchedule(Schedule.LINEAR)
                        .setTotalUpdates(20)
                        .build())
                .setValue(ValueSpec.newBuilder().setLearningRate(1e-2).build())
                .setStop(StopRule.newBuilder().setMaxSteps(3).build())
                .setWeights(WeightPlan.newBuilder().setStateEverySteps(2).build())
                .build();
    }
}
