package dev.tracerl.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.in.Arrival;
import dev.tracerl.trainer.state.Checkpoint;
import dev.tracerl.trainer.state.CheckpointFiles;
import dev.tracerl.trainer.state.CrashingDisk;
import dev.tracerl.trainer.stop.StopSignal;
import dev.tracerl.trainer.support.Arrivals;
import dev.tracerl.trainer.support.FakeLearner;
import dev.tracerl.trainer.support.MemoryLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trainer leaves on the log for those who train on, and who finds it there. */
class TrainerStateTest {

    @TempDir
    Path directory;

    private final MemoryLog log = new MemoryLog();
    private final List<FakeLearner> learners = new ArrayList<>();

    @Test
    void everyNthStepAndTheLastLeaveAStateThatIsTheCheckpoint() throws Exception {
        // When
        session(run(5, 2, 1), steps(5), "disk").run();

        // Then
        Checkpoint onDisk =
                CrashingDisk.store(directory.resolve("disk")).newest().orElseThrow();
        Checkpoint onLog = CheckpointFiles.decode(log.states().get(5L).files());
        assertThat(log.states()).containsOnlyKeys(2L, 4L, 5L);
        assertThat(onLog.state()).isEqualTo(onDisk.state());
        assertThat(onLog.tensors().parameters().sha256())
                .isEqualTo(onDisk.tensors().parameters().sha256());
        assertThat(onLog.tensors().optimizer().sha256())
                .isEqualTo(onDisk.tensors().optimizer().sha256());
        assertThat(onLog.outputs()).isEqualTo(onDisk.outputs());
    }

    @Test
    void aRunThatEndsEarlyLeavesItsNewestState() throws Exception {
        // Given
        RunSpec run = run(5, 0, 1);
        session(run, steps(3), "disk").run();
        StopSignal ended = new StopSignal();
        ended.endRun();

        // When
        session(run, steps(3), "disk").run(ended);

        // Then
        assertThat(log.states()).containsOnlyKeys(3L);
        assertThat(log.steps()).hasSize(3);
    }

    @Test
    void aTrainerThatLostItsDiskGoesOnFromTheNewestState() throws Exception {
        // Given
        RunSpec run = run(5, 2, 1);
        session(run, steps(3), "lost").run();
        learners.clear();

        // When
        session(run, steps(5), "new").run();

        // Then
        MemoryLog whole = new MemoryLog();
        new TestSession(run, whole, CrashingDisk.store(directory.resolve("whole")), steps(5)).run();
        assertThat(updates()).as("step 3 is repeated, steps 4 and 5 are new").isEqualTo(3);
        assertThat(log.steps()).extracting(TrainStep::getStep).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(log.outcomes()).hasSize(10);
        assertThat(log.versions())
                .extracting(WeightManifest::getSha256)
                .isEqualTo(
                        whole.versions().stream().map(WeightManifest::getSha256).toList());
    }

    @Test
    void momentsAreLeftAloneWhenOnlyAVersionIsPublished() throws Exception {
        // When
        session(run(6, 0, 3), steps(6), "disk").run();

        // Then
        List<String> calls = learners.get(0).calls();
        assertThat(calls.stream().filter("parameters"::equals)).hasSize(4);
        assertThat(calls.stream().filter("tensors"::equals)).hasSize(2);
    }

    @Test
    void aRunThatGoesOnFromAnotherOnesStateLeavesItAndCountsItsUpdates() throws Exception {
        // Given
        RunSpec run = run(2, 0, 1);
        run.getModel().setInitial(TestRuns.kept("parent", 3));

        // When
        session(run, steps(1), "disk").run();

        // Then
        Checkpoint first = CheckpointFiles.decode(log.states().get(0L).files());
        assertThat(log.states()).containsOnlyKeys(0L);
        assertThat(first.tensors().optimizer().sha256())
                .isEqualTo(FakeLearner.kept().tensors().optimizer().sha256());
        assertThat(first.state().updates()).isEqualTo(12);
        assertThat(log.steps()).extracting(TrainStep::getUpdates).containsExactly(13L);
    }

    private long updates() {
        return learners.stream()
                .flatMap(learner -> learner.calls().stream())
                .filter(call -> call.startsWith("apply"))
                .count();
    }

    private TestSession session(RunSpec run, List<Arrival> arrivals, String disk) {
        return new TestSession(run, log, CrashingDisk.store(directory.resolve(disk)), arrivals).with(tensors -> {
            FakeLearner learner = new FakeLearner(tensors);
            learners.add(learner);
            return learner;
        });
    }

    private static List<Arrival> steps(int count) {
        Arrivals arrivals = new Arrivals();
        for (int i = 0; i < 2 * count; i++) {
            arrivals.group(i, i / 2);
        }
        return arrivals.list();
    }

    private static RunSpec run(int steps, int stateEvery, int checkpointEvery) {
        return TestRuns.run("run", Method.TRACERL)
                .setGroups(TestRuns.groups().setMaxLag(4).build())
                .setStop(StopRule.newBuilder().setMaxSteps(steps).build())
                .setWeights(WeightPlan.newBuilder()
                        .setStateEverySteps(stateEvery)
                        .setCheckpointEverySteps(checkpointEvery)
                        .build())
                .build();
    }
}
