package dev.tracerl.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.model.training.LossSettings;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.in.Arrival;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.state.CrashingDisk;
import dev.tracerl.trainer.stop.StopSignal;
import dev.tracerl.trainer.support.Arrivals;
import dev.tracerl.trainer.support.MemoryLog;
import dev.tracerl.trainer.support.RealLearner;
import dev.tracerl.trainer.train.Learner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionEndTest {

    @TempDir
    Path directory;

    private final MemoryLog log = new MemoryLog();
    private final RunSpec run = run(4);

    @Test
    void afterTheLastStepGroupsExpire() throws Exception {
        // Given
        RunSpec one = run(1);

        // When
        session(
                        one,
                        new Arrivals()
                                .group(0, 0)
                                .group(1, 0)
                                .group(2, 0)
                                .group(3, 0)
                                .list())
                .run();

        // Then
        assertThat(outcomes()).containsEntry("run-t-000001", Outcome.ACCEPTED);
        assertThat(outcomes()).containsEntry("run-t-000002", Outcome.EXPIRED);
        assertThat(outcomes()).containsEntry("run-t-000003", Outcome.EXPIRED);
    }

    @Test
    void whenTheRunEndsGroupsExpire() throws Exception {
        // Given
        StopSignal stop = new StopSignal();
        stop.endRun();

        // When
        session(new Arrivals().group(0, 0).group(1, 0).list()).run(stop);

        // Then
        assertThat(log.steps()).isEmpty();
        assertThat(outcomes().values()).containsOnly(Outcome.EXPIRED).hasSize(2);
    }

    @Test
    void aRunThatWasRolledBackIsNotTrainedOn() throws Exception {
        // Given
        List<Arrival> arrivals =
                new Arrivals().group(0, 0).group(1, 0).group(2, 0).group(3, 0).list();
        session(arrivals.subList(0, 2)).run();
        log.versions()
                .add(WeightManifest.newBuilder(log.versions().get(0))
                        .setRolledBackFrom(1L)
                        .build());

        // Then
        assertThatThrownBy(() -> session(arrivals).run())
                .isInstanceOf(RefusedRunException.class)
                .hasMessage("the run was rolled back from version 1 to version 0 and cannot be trained on; "
                        + "fork it: tracerl fork --run run --at 0 --as NAME");
        assertThat(log.steps()).hasSize(1);
    }

    @Test
    void aRolledBackRunThatIsKnownToBeOverRestsInPeace() throws Exception {
        // Given
        session(new Arrivals().group(0, 0).group(1, 0).list()).run();
        log.versions()
                .add(WeightManifest.newBuilder(log.versions().get(0))
                        .setRolledBackFrom(1L)
                        .build());
        StopSignal stop = new StopSignal();
        stop.endRun();

        // When
        session(new Arrivals().group(2, 0).group(3, 0).list()).run(stop);

        // Then
        assertThat(log.steps()).hasSize(1);
        assertThat(log.statuses()).isEmpty();
    }

    @Test
    void theLastVersionIsPublishedWhateverItsNumber() throws Exception {
        // Given
        RunSpec three = run(3);
        three.getWeights().setPublishEverySteps(2);
        Arrivals arrivals = new Arrivals();
        for (int i = 0; i < 6; i++) {
            arrivals.group(i, i / 2);
        }

        // When
        session(three, arrivals.list()).run();

        // Then
        assertThat(log.versions()).extracting(WeightManifest::getVersion).containsExactly(0L, 2L, 3L);
        assertThat(log.steps()).extracting(TrainStep::getPublished).containsExactly(false, true, true);
    }

    @Test
    void aLostDirectoryIsMadeUpForFromTheLog() throws Exception {
        // Given
        List<Arrival> arrivals = new Arrivals()
                .group(0, 0)
                .group(1, 0)
                .group(3, 1)
                .group(2, 1)
                .group(4, 2)
                .group(5, 2)
                .list();
        session(arrivals.subList(0, 4)).run();
        MemoryLog whole = new MemoryLog();
        new TestSession(run, whole, CrashingDisk.store(directory.resolve("whole")), arrivals).run();

        // When
        new TestSession(run, log, CrashingDisk.store(directory.resolve("new")), arrivals).run();

        // Then
        assertThat(log.steps()).extracting(TrainStep::getStep).containsExactly(1L, 2L, 3L);
        assertThat(log.versions())
                .extracting(WeightManifest::getSha256)
                .isEqualTo(
                        whole.versions().stream().map(WeightManifest::getSha256).toList());
        assertThat(log.outcomes()).hasSize(6);
    }

    @Test
    void aLogThatLostStepsIsRefused() throws Exception {
        // Given
        List<Arrival> arrivals =
                new Arrivals().group(0, 0).group(1, 0).group(2, 1).group(3, 1).list();
        session(arrivals).run();
        log.steps().clear();

        // Then
        assertThatThrownBy(() -> session(arrivals).run())
                .isInstanceOf(RefusedRunException.class)
                .hasMessageContaining("checkpoint is at step 2, but the log has steps up to 0 only");
    }

    @Test
    void oldVersionsAreDropped() throws Exception {
        // Given
        run.getWeights().setKeepLast(1);
        run.getWeights().setKeepEvery(2);
        Arrivals arrivals = new Arrivals();
        for (int i = 0; i < 8; i++) {
            arrivals.group(i, i / 2);
        }

        // When
        session(arrivals.list()).run();

        // Then
        assertThat(log.dropped()).containsExactly(1L, 3L);
    }

    @Test
    void lossThatIsNoNumberFailsTheRunAndNamesTheBatch() throws Exception {
        // When
        Condition condition = session(
                        new Arrivals().group(0, 0).group(1, 0).group(2, 0).list())
                .with(tensors -> RealLearner.open(LossSettings.Kind.CLIPPED, RealLearner.broken()))
                .run();

        // Then
        RunStatus status = log.statuses().get(0);
        assertThat(status.getState()).isEqualTo(RunState.FAILED);
        assertThat(status.getReason()).startsWith("step 1 diverged").endsWith("groups [run-t-000000, run-t-000001]");
        assertThat(status.getStep()).isZero();
        assertThat(status.getVersion()).isZero();
        assertThat(condition.now().activity()).isEqualTo("failed");
        assertThat(condition.now().broken()).isFalse();
        assertThat(log.steps()).isEmpty();
        assertThat(outcomes().values()).containsOnly(Outcome.EXPIRED).hasSize(3);
    }

    @Test
    void anEvaluationRunPublishesItsWeightsOnly() throws Exception {
        // Given
        StopSignal stop = new StopSignal();
        stop.exit();
        RunSpec evaluation = TestRuns.run("run", Method.EVALUATION).build();
        Learner.Factory none = tensors -> {
            throw new IllegalStateException("nothing is trained");
        };

        // When
        session(evaluation, List.of()).with(none).run(stop);

        // Then
        assertThat(log.versions()).hasSize(1);
    }

    private Map<String, Outcome> outcomes() {
        return log.outcomes().stream().collect(Collectors.toMap(GroupOutcome::getGroupId, GroupOutcome::getOutcome));
    }

    private TestSession session(List<Arrival> arrivals) {
        return session(run, arrivals);
    }

    private TestSession session(RunSpec spec, List<Arrival> arrivals) {
        return new TestSession(spec, log, CrashingDisk.store(directory.resolve("run")), arrivals);
    }

    private static RunSpec run(int steps) {
        return TestRuns.run("run", Method.TRACERL)
                .setGroups(TestRuns.groups().setMaxLag(4).build())
                .setStop(StopRule.newBuilder().setMaxSteps(steps).build())
                .build();
    }
}
