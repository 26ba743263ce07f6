package dev.tracerl.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.audit.Finding.Kind;
import dev.tracerl.schemas.avro.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditTest {

    private final LogRecords log = new LogRecords("r", 2);

    @Test
    void everyGroupAndTrajectoryIsCountedUnderItsOutcome() {
        // Given
        log.group(0, Outcome.ACCEPTED, 1L).group(1, Outcome.FILTERED, null).requested(2);
        log.step(1, 0);

        // When
        AuditReport report = log.audit(false).report();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.training().groups()).isEqualTo(Map.of("accepted", 1L, "filtered", 1L, "in flight", 1L));
        assertThat(report.training().trajectories()).isEqualTo(Map.of("accepted", 2L, "filtered", 2L, "in flight", 2L));
        assertThat(report.verdicts()).isEqualTo(4);
        assertThat(report.steps()).isEqualTo(1);
    }

    @Test
    void recordsThatCannotBeDecodedAreCountedByTopic() {
        // Given
        Audit audit = log.audit(false);
        audit.unreadable("r.verdicts");
        audit.unreadable("r.verdicts");

        // When
        List<Finding> found = audit.report().findings();

        // Then
        assertThat(found)
                .containsExactly(new Finding(Kind.UNREADABLE, "topic r.verdicts", "has 2 undecodable records"));
    }

    @Test
    void aFinishedRunLeavesNothingInFlight() {
        log.group(0, Outcome.ACCEPTED, 1L).requested(1);
        log.step(1, 0);

        assertThat(findings(true)).containsExactly(Kind.UNACCOUNTED);
    }

    @Test
    void aMissingSequenceNumberOrStepIsAGap() {
        log.group(0, Outcome.ACCEPTED, 2L).group(2, Outcome.FILTERED, null);
        log.step(2, 0);

        List<Finding> found = log.audit(true).report().findings();

        assertThat(found).extracting(Finding::kind).containsExactly(Kind.GAP, Kind.GAP);
        assertThat(found).extracting(Finding::id).containsExactly("r-t-000001", "step 1");
    }

    @Test
    void aCopyOfATrajectoryIsListedAndHarmless() {
        log.group(0, Outcome.FILTERED, null).trajectory(0, 1);

        AuditReport report = log.audit(true).report();

        assertThat(report.duplicates()).containsExactly("r-t-000000/1");
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void whatWasNotUsedIsListedWithItsOrigin() {
        // Given
        log.group(0, Outcome.FILTERED, null).trajectory(0, 1).stray(0, 1, 17);

        // When
        AuditReport report = log.audit(true).report();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.duplicates()).containsExactly("r-t-000000/1");
        assertThat(report.strays())
                .containsExactly(new StrayEntry("r-t-000000/1", "AFTER_CLOSE", "rollout-0", "r.trajectories-0@17"));
        assertThat(AuditText.lines(report))
                .contains(
                        "2 verdicts, 0 training steps, 1 duplicates, 1 recorded strays",
                        "  stray: r-t-000000/1 AFTER_CLOSE from rollout-0, r.trajectories-0@17");
    }

    @Test
    void aTrajectoryThatIsLateForItsGroupIsAccountedForWithoutAVerdict() {
        // Given
        log.requested(0).outcome(0, Outcome.EXPIRED, null, 0).trajectory(0, 0).stray(0, 0, 3);

        // When
        AuditReport report = log.audit(true).report();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.duplicates()).isEmpty();
        assertThat(report.strays()).hasSize(1);
    }

    @Test
    void aStrayThatIsRecordedTwiceOrNotOnTheLogIsFound() {
        // Given
        log.group(0, Outcome.FILTERED, null).trajectory(0, 1).stray(0, 1, 17).stray(0, 1, 17);
        log.group(1, Outcome.FILTERED, null).stray(1, 0, 18);

        // When
        List<Finding> found = log.audit(true).report().findings();

        // Then
        assertThat(found)
                .extracting(finding -> finding.kind() + " " + finding.id())
                .containsExactlyInAnyOrder(
                        "REPEATED r-t-000000/1", "CONTRADICTION r-t-000000/1", "CONTRADICTION r-t-000001/0");
    }

    @Test
    void twoOutcomesOrVerdictsOrRequestsAreFound() {
        log.group(0, Outcome.FILTERED, null).outcome(0, Outcome.EXPIRED, null);
        log.verdict(0, 0);
        log.requested(0);

        assertThat(findings(true)).containsExactlyInAnyOrder(Kind.REPEATED, Kind.REPEATED, Kind.REPEATED);
    }

    @Test
    void anAcceptedGroupIsTrainedInTheStepThatItNames() {
        log.group(0, Outcome.ACCEPTED, 1L).group(1, Outcome.ACCEPTED, 1L).group(2, Outcome.FILTERED, null);
        log.step(1, 1, 2).step(2, 1);

        List<Finding> found = log.audit(true).report().findings();

        assertThat(found)
                .extracting(finding -> finding.id() + " " + finding.text())
                .containsExactlyInAnyOrder(
                        "r-t-000000 is accepted for step 1, which does not list it",
                        "r-t-000001 was trained in steps [1, 2]",
                        "r-t-000002 was trained in step 1, but is not accepted for training");
    }

    @Test
    void aGroupThatWasAcceptedAfterTheStepsWereReadIsNoFinding() {
        log.group(0, Outcome.ACCEPTED, 7L);
        log.step(1);

        assertThat(findings(false)).isEmpty();
    }

    @Test
    void aRewardNeedsATrajectoryAndAVerdict() {
        log.requested(0).outcome(0, Outcome.FILTERED, null);

        assertThat(findings(true)).containsExactly(Kind.UNKNOWN, Kind.UNKNOWN);
    }

    @Test
    void aTrajectoryThatNobodyRequestedIsFound() {
        log.trajectory(4, 0);

        assertThat(findings(true)).containsExactly(Kind.UNKNOWN);
    }

    private List<Kind> findings(boolean finished) {
        return log.audit(finished).report().findings().stream()
                .map(Finding::kind)
                .toList();
    }
}
