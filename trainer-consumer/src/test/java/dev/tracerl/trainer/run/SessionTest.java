package dev.tracerl.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.in.Arrival;
import dev.tracerl.trainer.state.CrashingDisk;
import dev.tracerl.trainer.support.Arrivals;
import dev.tracerl.trainer.support.MemoryLog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {

    @TempDir
    Path directory;

    private final MemoryLog log = new MemoryLog();
    private final RunSpec run = run(4);

    @Test
    void theInitialWeightsAreVersionZero() throws Exception {
        // When
        session(List.of()).run();

        // Then
        assertThat(log.versions()).extracting(WeightManifest::getVersion).containsExactly(0L);
        assertThat(log.steps()).isEmpty();
    }

    @Test
    void groupsAreTrainedInOrderOfArrival() throws Exception {
        // When
        session(new Arrivals().group(1, 0).group(0, 0).group(2, 0).group(3, 1).list())
                .run();

        // Then
        assertThat(log.steps())
                .extracting(TrainStep::getGroups)
                .containsExactly(List.of("run-t-000001", "run-t-000000"), List.of("run-t-000002", "run-t-000003"));
        TrainStep second = log.steps().get(1);
        assertThat(second.getLagMean()).isEqualTo(0.5);
        assertThat(second.getLagMax()).isEqualTo(1);
        assertThat(second.getMeanReward()).isEqualTo(0.5);
        assertThat(second.getSamples()).isEqualTo(4);
        assertThat(second.getInputs()).singleElement().satisfies(range -> {
            assertThat(range.getTopic()).isEqualTo("run.training-groups");
            assertThat(range.getFrom()).isEqualTo(2);
            assertThat(range.getTo()).isEqualTo(4);
        });
    }

    @Test
    void anAcceptedGroupSaysWhichStepUsedIt() throws Exception {
        // When
        session(new Arrivals().group(0, 0).group(1, 0).list()).run();

        // Then
        assertThat(log.outcomes()).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome.getOutcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(outcome.getStep()).isEqualTo(1);
            assertThat(outcome.getLag()).isZero();
            assertThat(outcome.getDecidedBy()).isEqualTo("trainer-consumer");
            assertThat(outcome.getSamples()).hasSize(2);
        });
    }

    @Test
    void groupsBeyondTheLagAreParked() throws Exception {
        // Given
        run.getGroups().setMaxLag(1);
        Arrivals arrivals = new Arrivals().group(0, 0).group(1, 0).group(2, 1).group(3, 0);
        arrivals.group(4, 0).group(5, 2).group(6, 1);

        // When
        session(arrivals.list()).run();

        // Then
        assertThat(log.steps()).hasSize(3);
        assertThat(log.closings()).singleElement().satisfies(closing -> {
            assertThat(closing.late().map(TrainingGroup::getGroupId)).contains("run-t-000004");
            GroupOutcome outcome = closing.outcome().orElseThrow();
            assertThat(outcome.getOutcome()).isEqualTo(Outcome.LATE);
            assertThat(outcome.getLag()).isEqualTo(2);
            assertThat(outcome.getReason()).isEqualTo("its lag is 2 versions, the run allows 1");
        });
    }

    @Test
    void copiesAreLeftOut() throws Exception {
        // When
        session(new Arrivals()
                        .group(0, 0)
                        .group(0, 0)
                        .group(1, 0)
                        .group(0, 0)
                        .group(1, 0)
                        .list())
                .run();

        // Then
        assertThat(log.steps()).hasSize(1);
        assertThat(log.outcomes()).hasSize(2);
    }

    @Test
    void recordsThatCannotBeReadEndAsDeadLetters() throws Exception {
        // When
        session(new Arrivals().unreadable(0).group(1, 0).group(2, 0).list()).run();

        // Then
        assertThat(log.steps()).hasSize(1);
        assertThat(log.closings()).singleElement().satisfies(closing -> {
            assertThat(closing.letter()).isPresent();
            GroupOutcome outcome = closing.outcome().orElseThrow();
            assertThat(outcome.getGroupId()).isEqualTo("run-t-000000");
            assertThat(outcome.getOutcome()).isEqualTo(Outcome.DEAD);
        });
    }

    @Test
    void inSequenceNumbersThatEndedElsewhereAreSkipped() throws Exception {
        // Given
        run.setDeterministic(true);
        run.getGroups().setMaxLag(0);
        log.outcomes().add(TestRecords.filtered("run", 1));
        log.outcomes().add(TestRecords.filtered("run", 3));

        // When
        session(new Arrivals().group(4, 1).group(2, 0).group(0, 0).group(5, 1).list())
                .run();

        // Then
        assertThat(log.steps())
                .extracting(TrainStep::getGroups)
                .containsExactly(List.of("run-t-000000", "run-t-000002"), List.of("run-t-000004", "run-t-000005"));
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
