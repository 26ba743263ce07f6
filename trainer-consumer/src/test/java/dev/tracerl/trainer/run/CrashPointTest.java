package dev.tracerl.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.OptimizerStart;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.ValueSpec;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.in.Arrival;
import dev.tracerl.trainer.state.CheckpointStore;
import dev.tracerl.trainer.state.CrashingDisk;
import dev.tracerl.trainer.support.Arrivals;
import dev.tracerl.trainer.support.CrashPoints;
import dev.tracerl.trainer.support.InjectedCrash;
import dev.tracerl.trainer.support.MemoryLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer is killed between every two of its writes; what it leaves in the end is what it leaves unharmed. */
class CrashPointTest {

    @TempDir
    Path directory;

    @Test
    void killedAnywhereAndStartedAgainTheResultIsTheSame() throws Exception {
        everyCrash(run(1, 1), false, place -> true);
    }

    @Test
    void theResultIsTheSameWithRareCheckpointsAndVersions() throws Exception {
        everyCrash(run(3, 2), false, CrashPointTest::transition);
    }

    @Test
    void theResultIsTheSameIfTheDiskIsLostToo() throws Exception {
        everyCrash(run(1, 1), false, CrashPointTest::transition, "-disk-lost");
    }

    @Test
    void theResultIsTheSameInSequence() throws Exception {
        RunSpec run = run(1, 1);
        run.setDeterministic(true);
        run.getGroups().setMaxLag(0);
        everyCrash(run, true, CrashPointTest::transition);
    }

    @Test
    void theResultIsTheSameWithAValueModel() throws Exception {
        RunSpec run = run(3, 1);
        run.setValue(
                ValueSpec.newBuilder().setLearningRate(1e-2).setTrainEvery(2).build());
        everyCrash(run, false, CrashPointTest::transition);
    }

    @Test
    void theResultIsTheSameIfTheRunGoesOnFromAnotherOnesState() throws Exception {
        RunSpec run = run(3, 1);
        run.getModel().setInitial(TestRuns.kept("parent", 3));
        everyCrash(run, false, CrashPointTest::transition, "-disk-lost");
    }

    /** Where a checkpoint or a transaction comes into being; the files of a checkpoint are crashed one by one once. */
    private static boolean transition(String place) {
        return !place.matches("(half|wrote|created|synced) .*");
    }

    private void everyCrash(RunSpec run, boolean inSequence, Predicate<String> places) throws Exception {
        everyCrash(run, inSequence, places, "");
    }

    /** @param next appended to the name of the directory after the crash */
    private void everyCrash(RunSpec run, boolean inSequence, Predicate<String> places, String next) throws Exception {
        // Given
        CrashPoints counted = new CrashPoints(-1, places);
        Result unharmed = crashAndFinish(run, arrivals(inSequence), counted, "unharmed", next);
        assertThat(unharmed.steps()).hasSize(4);
        assertThat(unharmed.states()).containsOnlyKeys(states(run));

        for (int crash = 0; crash < counted.passed().size(); crash++) {
            // When
            CrashPoints points = new CrashPoints(crash, places);
            Result result = crashAndFinish(run, arrivals(inSequence), points, "crash-" + crash, next);

            // Then
            String place = counted.passed().get(crash);
            assertThat(result).as("crash #%s: %s", crash, place).isEqualTo(unharmed);
        }
    }

    private static Long[] states(RunSpec run) {
        boolean kept = run.getModel().getInitial().getOptimizerState() == OptimizerStart.KEEP;
        return kept ? new Long[] {0L, 2L, 4L} : new Long[] {2L, 4L};
    }

    private Result crashAndFinish(RunSpec run, List<Arrival> arrivals, CrashPoints points, String name, String next)
            throws InterruptedException {
        MemoryLog log = new MemoryLog();
        log.crashAt(points);
        CheckpointStore crashing = CrashingDisk.store(directory.resolve(name), points);
        try {
            new TestSession(run, log, crashing, arrivals).run();
        } catch (InjectedCrash crash) {
            new TestSession(run, log, CrashingDisk.store(directory.resolve(name + next)), arrivals).run();
        }
        return Result.of(log);
    }

    private static RunSpec run(int checkpointEvery, int publishEvery) {
        GroupSpec groups = TestRuns.groups().setMaxLag(1).build();
        return TestRuns.run("run", Method.TRACERL)
                .setGroups(groups)
                .setLoss(LossSpec.newBuilder().setMinibatches(2).setEpochs(2).build())
                .setWeights(WeightPlan.newBuilder()
                        .setCheckpointEverySteps(checkpointEvery)
                        .setPublishEverySteps(publishEvery)
                        .setStateEverySteps(2)
                        .build())
                .build();
    }

    /** 4 steps of 2 groups with everything that can happen, then groups that come too late. */
    private static List<Arrival> arrivals(boolean inSequence) {
        Arrivals arrivals = new Arrivals().group(1, 0).group(0, 0).unreadable(4).group(3, inSequence ? 1 : 0);
        arrivals.group(1, 0).group(2, inSequence ? 1 : 0).group(6, 2).group(5, inSequence ? 2 : 1);
        return inSequence
                ? arrivals.group(7, 2).group(8, 3).group(9, 3).group(10, 0).list()
                : arrivals.group(7, 0)
                        .group(8, 2)
                        .group(9, 3)
                        .group(2, 0)
                        .group(10, 3)
                        .list();
    }

    /** What a run leaves, without times and without the order of independent outcomes. */
    private record Result(
            List<List<String>> steps,
            List<Long> updates,
            Map<Long, String> versions,
            Map<String, Outcome> outcomes,
            Map<Long, String> states) {

        static Result of(MemoryLog log) {
            Map<Long, String> versions = new TreeMap<>();
            for (WeightManifest version : log.versions()) {
                assertThat(versions.put(version.getVersion(), version.getSha256()))
                        .isNull();
            }
            Map<String, Outcome> outcomes = new TreeMap<>();
            for (GroupOutcome outcome : log.outcomes()) {
                assertThat(outcomes.put(outcome.getGroupId(), outcome.getOutcome()))
                        .isNull();
            }
            Map<Long, String> states = new TreeMap<>();
            log.states()
                    .forEach((step, state) -> states.put(
                            step,
                            Objects.requireNonNull(state.files().get("optimizer.bin"))
                                    .sha256()));
            return new Result(
                    log.steps().stream().map(TrainStep::getGroups).toList(),
                    log.steps().stream().map(TrainStep::getUpdates).toList(),
                    versions,
                    outcomes,
                    states);
        }
    }
}
