package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.VerificationRequest;
import dev.tracerl.schemas.avro.state.PendingCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The trajectories that wait for a worker's answer.
 *
 * <pre>
 *   (sample) --ask--> waiting --take, once: answered or given up--> (verdict)
 *                       \--not answered in time: ask again--/
 * </pre>
 *
 * <p>Workers may have been down with this service, and they skip what has lain too long: what was sent before the start of
 * this processor is always sent again.
 */
final class CheckDesk {

    private final GroupingParts parts;
    private final Instant startedAt;
    private Instant nextDue = Instant.MIN;

    CheckDesk(GroupingParts parts) {
        this.parts = parts;
        this.startedAt = parts.clock().instant();
    }

    /** Sends the check of a trajectory to the workers and lets it wait. */
    void ask(RolloutRequest request, Incoming incoming) {
        PendingCheck check = PendingCheck.newBuilder()
                .setGroupId(request.getGroupId())
                .setTrajectory(Waiting.of(incoming.origin()))
                .setAttempt(0)
                .setSentAt(parts.clock().instant())
                .build();
        send(request, incoming.trajectory(), check);
    }

    /** Sends it once more. */
    void askAgain(RolloutRequest request, PendingCheck check) {
        check.setAttempt(check.getAttempt() + 1);
        check.setSentAt(parts.clock().instant());
        send(request, trajectory(check), check);
    }

    /** The trajectory, which waits no longer; empty if it does not wait. */
    Optional<Trajectory> take(String trajectoryId) {
        Optional<PendingCheck> check = parts.books().checks().find(trajectoryId);
        parts.books().checks().remove(trajectoryId);
        return check.map(this::trajectory);
    }

    /** What has waited too long for an answer, by trajectory. The book is read only when something may be due. */
    List<Map.Entry<String, PendingCheck>> overdue() {
        Instant now = parts.clock().instant();
        if (now.isBefore(nextDue)) {
            return List.of();
        }
        Duration timeout = parts.checkRules().timeout();
        Instant sentBefore = now.minus(timeout);
        List<Map.Entry<String, PendingCheck>> waiting = parts.books().checks().entries();
        // Whatever is sent from now on is due later than this.
        nextDue = waiting.stream()
                .map(entry -> entry.getValue().getSentAt())
                .filter(sentAt -> sentAt.isAfter(sentBefore))
                .min(Comparator.naturalOrder())
                .orElse(now)
                .plus(timeout);
        return waiting.stream()
                .filter(entry -> !entry.getValue().getSentAt().isAfter(sentBefore))
                .toList();
    }

    /** Whether it may be sent once more. */
    boolean mayAskAgain(PendingCheck check) {
        return check.getAttempt() + 1 < parts.checkRules().attempts()
                || check.getSentAt().isBefore(startedAt);
    }

    private void send(RolloutRequest request, Trajectory trajectory, PendingCheck check) {
        parts.books().checks().put(trajectory.getTrajectoryId(), check);
        parts.outbox()
                .check(VerificationRequest.newBuilder()
                        .setTrajectoryId(trajectory.getTrajectoryId())
                        .setGroupId(request.getGroupId())
                        .setRunId(request.getRunId())
                        .setSample(trajectory.getSample())
                        .setTask(request.getTask())
                        .setAnswer(TrajectoryCheck.generated(trajectory).getText())
                        .setMaxOperations(0)
                        .setTimeLimitMillis(parts.checkRules().timeout().toMillis())
                        .setAttempt(check.getAttempt())
                        .build());
    }

    private Trajectory trajectory(PendingCheck check) {
        byte[] bytes =
                Objects.requireNonNull(Waiting.origin(check.getTrajectory()).value());
        return parts.decoder().apply(bytes);
    }
}
