package dev.tracerl.reward.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.StrayKind;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.state.OpenGroup;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GroupingTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final GroupingBench bench = new GroupingBench(Runs.run());

    @Test
    void aGroupStaysOpenUntilItsLastSample() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));

        // When
        bench.answer(request, 1, Records.WRONG);

        // Then
        assertThat(bench.outbox.verdicts).hasSize(1);
        assertThat(bench.outbox.groups).isEmpty();
        assertThat(bench.open.isEmpty()).isFalse();
    }

    @Test
    void aCompleteGroupIsHandedOnInOrderOfItsSamplesAndForgotten() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));

        // When
        bench.answer(request, 1, Records.WRONG);
        bench.answer(request, 0, Records.RIGHT);

        // Then
        TrainingGroup group = bench.outbox.groups.get(0);
        assertThat(group.getSamples()).extracting(TrainingSample::getSample).containsExactly(0, 1);
        assertThat(group.getSamples()).extracting(TrainingSample::getReward).containsExactly(1.0, 0.75);
        assertThat(group.getOldestVersion()).isEqualTo(3);
        assertThat(group.getMeanReward()).isEqualTo(0.875);
        assertThat(bench.open.isEmpty()).isTrue();
        assertThat(bench.samples.isEmpty()).isTrue();
    }

    @Test
    void aTrainingSampleCarriesPromptAndResponse() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));
        Trajectory trajectory = Records.trajectory(request, 0, Records.RIGHT);

        // When
        bench.arrive(trajectory);
        bench.answer(request, 1, Records.WRONG);

        // Then
        TrainingSample sample = bench.outbox.groups.get(0).getSamples().get(0);
        assertThat(Packed.ints(sample.getPromptTokens())).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(sample.getResponseTokens())
                .isEqualTo(trajectory.getSegments().get(1).getTokens());
        assertThat(sample.getKeptTokens()).isEqualTo(17);
        assertThat(sample.getBlockVersions()).isEqualTo(trajectory.getBlockVersions());
    }

    @Test
    void trajectoriesThatArriveBeforeTheirRequestWait() {
        // Given
        RolloutRequest request = bench.training(0);
        bench.answer(request, 0, Records.RIGHT);
        bench.answer(request, 1, Records.WRONG);
        bench.restart();

        // When
        bench.requested(request);

        // Then
        assertThat(bench.outbox.groups).hasSize(1);
        assertThat(bench.outbox.verdicts).hasSize(2);
    }

    @Test
    void theFirstCopyOfATrajectoryWins() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));
        bench.answer(request, 0, Records.RIGHT);

        // When
        bench.answer(request, 0, Records.WRONG);

        // Then
        assertThat(bench.outbox.verdicts).extracting(Verdict::getScore).containsExactly(1.0);
        assertThat(bench.outbox.strays).extracting(Stray::getKind).containsExactly(StrayKind.DUPLICATE);
    }

    @Test
    void samplesThatWereSettledBeforeARestartAreNotSettledAgain() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));
        bench.answer(request, 0, Records.RIGHT);
        bench.restart();

        // When
        bench.answer(request, 0, Records.WRONG);
        bench.answer(request, 1, Records.WRONG);

        // Then
        assertThat(bench.outbox.strays).extracting(Stray::getKind).containsExactly(StrayKind.DUPLICATE);
        assertThat(bench.outbox.verdicts)
                .extracting(Verdict::getScore)
                .startsWith(1.0)
                .hasSize(2);
        assertThat(bench.outbox.groups).hasSize(1);
        assertThat(bench.samples.isEmpty()).isTrue();
    }

    @Test
    void theEntryOfAGroupIsNotWrittenAgainForItsTrajectories() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));
        OpenGroup before = bench.open.find(request.getGroupId()).orElseThrow();

        // When
        bench.answer(request, 0, Records.RIGHT);

        // Then
        assertThat(bench.open.find(request.getGroupId())).contains(before);
        assertThat(bench.samples.find(Ids.trajectory(request.getGroupId(), 0))).isPresent();
    }

    @Test
    void trajectoriesOfClosedGroupsAreRecorded() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));
        bench.answer(request, 0, Records.RIGHT);
        bench.answer(request, 1, Records.WRONG);
        bench.restart();

        // When
        bench.answer(request, 1, Records.WRONG);

        // Then
        assertThat(bench.outbox.strays).extracting(Stray::getKind).containsExactly(StrayKind.DUPLICATE);
        assertThat(bench.outbox.verdicts).hasSize(2);
        assertThat(bench.open.isEmpty()).isTrue();
    }

    @Test
    void trainingAndEvaluationGroupsAreNumberedApart() {
        // Given
        bench.requested(bench.training(9));

        // When
        RolloutRequest evaluation = bench.evaluation(0, 3);
        bench.answer(evaluation, 0, Records.RIGHT);
        bench.answer(evaluation, 1, Records.WRONG);
        bench.requested(evaluation);

        // Then
        assertThat(bench.outbox.outcomes).extracting(GroupOutcome::getGroupId).containsExactly("toy-e-000000");
    }

    @Test
    void aRequestThatIsReadTwiceIsRefused() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));

        // When
        bench.requested(request);

        // Then
        assertThat(bench.outbox.reasons).containsExactly("group toy-t-000000 was requested before");
    }

    @Test
    void aMalformedTrajectorySettlesItsSampleAtOnce() {
        // Given
        bench.run.getGroups().setMinSamples(1);
        bench.run.getGroups().setFilterZeroVariance(false);
        bench.restart();
        RolloutRequest request = bench.requested(bench.training(0));
        Trajectory malformed = Records.trajectory(request, 0, Records.RIGHT);
        malformed.setBlockVersions(Packed.longs(new long[] {3}));

        // When
        bench.arrive(malformed);
        bench.answer(request, 1, Records.RIGHT);

        // Then
        assertThat(bench.outbox.reasons)
                .containsExactly("malformed trajectory: blockVersions has 1 entries for 5 blocks");
        assertThat(bench.outbox.groups.get(0).getOutcomes())
                .extracting(SampleOutcome::getStatus)
                .containsExactly(SampleResult.MALFORMED, SampleResult.REWARDED);
    }

    @Test
    void anUnreadableTrajectoryDoesNotKeepItsGroupWaiting() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));
        bench.answer(request, 1, Records.RIGHT);

        // When
        bench.unreadable(request.getGroupId());

        // Then
        assertThat(bench.outbox.outcomes.get(0).getSamples())
                .extracting(SampleOutcome::getStatus)
                .containsExactly(SampleResult.MALFORMED, SampleResult.REWARDED);
        assertThat(bench.outbox.outcomes.get(0).getOutcome()).isEqualTo(Outcome.FILTERED);
    }

    @Test
    void anUnreadableTrajectoryOfNoGroupChangesNothing() {
        // Given
        // When
        bench.unreadable("");

        // Then
        assertThat(bench.open.isEmpty()).isTrue();
    }

    @Test
    void aSampleBeyondTheGroupIsRefused() {
        // Given
        RolloutRequest request = bench.requested(bench.training(0));

        // When
        bench.answer(request, 2, Records.RIGHT);

        // Then
        assertThat(bench.outbox.reasons).containsExactly("sample 2 of a group of 2");
        assertThat(bench.outbox.refused.get(0).keyText()).isEqualTo("toy-t-000000");
    }

    @Test
    void aTrajectoryOfAnotherRunIsRefused() {
        // Given
        Trajectory trajectory = Records.trajectory(bench.training(0), 0, Records.RIGHT);
        trajectory.setRunId("other");

        // When
        bench.arrive(trajectory);

        // Then
        assertThat(bench.outbox.reasons).containsExactly("belongs to run other, not toy");
        assertThat(bench.open.isEmpty()).isTrue();
    }

    @Test
    void trajectoriesThatAreNeverRequestedAreRefusedWithTheirBytes() {
        // Given
        bench.answer(bench.training(0), 0, Records.RIGHT);

        // When
        int open = bench.passes(TIMEOUT);

        // Then
        assertThat(open).isZero();
        assertThat(bench.outbox.reasons).containsExactly("its group was never requested");
        assertThat(bench.outbox.refused.get(0).value()).isNotEmpty();
        assertThat(bench.open.isEmpty()).isTrue();
    }
}
