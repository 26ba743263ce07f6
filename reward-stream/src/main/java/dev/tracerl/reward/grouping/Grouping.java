package dev.tracerl.reward.grouping;

import dev.tracerl.reward.port.Origin;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.WaitingTrajectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The life of the groups of one partition, from the request to the training group or outcome.
 *
 * <pre>
 *   (trajectory) -> waiting --request--> open --all samples settled, or time-out--> closed
 *                   (request) ----------/
 * </pre>
 *
 * <p>Every trajectory ends in exactly one verdict or dead letter, or stray. Not thread-safe.
 */
public final class Grouping {

    /** How long after a start no check is repeated or given up, and no group timed out. */
    static final Duration CATCH_UP = Duration.ofSeconds(10);

    private final RunSpec run;
    private final GroupingParts parts;
    private final GroupBooks books;
    private final LiveGroups open;
    private final SampleDesk desk;
    private final ClosedGroups closed;
    private final GroupCloser closer;
    private final Instant startedAt;

    public Grouping(RunSpec run, GroupingParts parts) {
        this.run = run;
        this.startedAt = parts.clock().instant();
        this.parts = parts;
        this.books = parts.books();
        this.closed = new ClosedGroups(books);
        this.open = new LiveGroups(books);
        this.desk = new SampleDesk(run, parts, open);
        this.closer = new GroupCloser(run, parts, open, closed);
    }

    /** A group was requested. */
    public void requested(RolloutRequest request, Origin origin) {
        if (request.getSequence() <= lastRequested(request.getPurpose())) {
            parts.outbox().refuse(origin, "group " + request.getGroupId() + " was requested before");
            return;
        }
        books.requested().put(request.getPurpose().name(), request.getSequence());
        OpenGroup group = open.find(request.getGroupId()).orElseGet(this::opened);
        group.setRequest(request);
        List<WaitingTrajectory> waiting = group.getWaiting();
        group.setWaiting(new ArrayList<>());
        waiting.forEach(trajectory -> desk.settle(group, incoming(trajectory)));
        keep(request.getGroupId(), group);
    }

    /** A trajectory arrived. */
    public void arrived(Incoming incoming) {
        Trajectory trajectory = incoming.trajectory();
        Optional<String> problem = TrajectoryIdentity.problem(run.getRunId(), trajectory);
        if (problem.isPresent()) {
            parts.outbox().refuse(incoming.origin(), problem.get());
            return;
        }
        Optional<OpenGroup> found = open.find(trajectory.getGroupId());
        if (found.isEmpty() && trajectory.getSequence() <= lastRequested(trajectory.getPurpose())) {
            parts.outbox()
                    .stray(Strays.of(
                            incoming, closed.kind(trajectory), parts.clock().instant()));
            return;
        }
        OpenGroup group = found.orElseGet(this::opened);
        if (group.getRequest() == null) {
            group.getWaiting().add(Waiting.of(incoming.origin()));
        } else {
            desk.settle(group, incoming);
        }
        keep(trajectory.getGroupId(), group);
    }

    /** A worker answered. The first answer for a trajectory wins. */
    public void answered(VerificationAnswer answer, Origin origin) {
        Optional<String> problem = AnswerCheck.problem(run.getRunId(), answer);
        if (problem.isPresent()) {
            parts.outbox().refuse(origin, problem.get());
            return;
        }
        parts.metrics().checkAnswered();
        Optional<OpenGroup> found = open.find(answer.getGroupId());
        if (found.isPresent() && desk.answered(found.get(), answer)) {
            keep(answer.getGroupId(), found.get());
        } else {
            parts.metrics().duplicate(answer.getTrajectoryId());
        }
    }

    /** A trajectory could not be decoded; its group, known by the key, need not wait for it. */
    public void unreadable(Origin origin) {
        open.find(origin.keyText()).ifPresent(group -> {
            group.setUnreadable(group.getUnreadable() + 1);
            keep(origin.keyText(), group);
        });
    }

    /**
     * Closes the groups whose time is over; never in deterministic mode. A group's time runs from its request, or from the
     * start of this processor if that is later: time in which nothing could arrive is not the group's. After a start it
     * waits a little before it repeats checks, because answers may be on the log already.
     *
     * @return how many groups are open now
     */
    public int expire() {
        Instant now = parts.clock().instant();
        Duration timeout = Duration.ofMillis(run.getGroups().getTimeoutMillis());
        if (startedAt.plus(timeout.compareTo(CATCH_UP) < 0 ? timeout : CATCH_UP).isAfter(now)) {
            return open.entries().size();
        }
        desk.recheck(run.getDeterministic(), group -> keep(group.getRequest().getGroupId(), group));
        List<Map.Entry<String, OpenGroup>> groups = open.entries();
        int expired = 0;
        for (Map.Entry<String, OpenGroup> entry : groups) {
            if (!since(entry.getValue()).plus(timeout).isAfter(now)) {
                expired += expire(entry.getKey(), entry.getValue()) ? 1 : 0;
            }
        }
        return groups.size() - expired;
    }

    private boolean expire(String groupId, OpenGroup group) {
        if (group.getRequest() == null) {
            group.getWaiting()
                    .forEach(
                            waiting -> parts.outbox().refuse(Waiting.origin(waiting), "its group was never requested"));
            open.remove(groupId);
            return true;
        }
        if (!run.getDeterministic()) {
            desk.giveUp(group, "the group's time was over before a worker answered");
            closer.close(group, true);
        }
        return !run.getDeterministic();
    }

    private Instant since(OpenGroup group) {
        Instant asked = group.getRequest() == null
                ? group.getOpenedAt()
                : group.getRequest().getIssuedAt();
        return asked.isAfter(startedAt) ? asked : startedAt;
    }

    private void keep(String groupId, OpenGroup group) {
        RolloutRequest request = group.getRequest();
        boolean waits = !group.getChecking().isEmpty();
        if (request != null && !waits && group.getJudged().size() + group.getUnreadable() >= request.getSamples()) {
            closer.close(group, false);
        } else {
            open.put(groupId, group);
        }
    }

    private long lastRequested(Purpose purpose) {
        return books.requested().find(purpose.name()).orElse(-1L);
    }

    private OpenGroup opened() {
        return OpenGroup.newBuilder().setOpenedAt(parts.clock().instant()).build();
    }

    private Incoming incoming(WaitingTrajectory waiting) {
        Origin origin = Waiting.origin(waiting);
        return new Incoming(parts.decoder().apply(Objects.requireNonNull(origin.value())), origin);
    }
}
