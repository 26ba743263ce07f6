package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.state.JudgedSample;
import dev.tracerl.schemas.avro.state.OpenGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Closes groups: decides how they end, hands them on and forgets all but which samples were seen. */
final class GroupCloser {

    private final GroupingParts parts;
    private final GroupRules rules;
    private final LiveGroups open;
    private final ClosedGroups closed;

    GroupCloser(RunSpec run, GroupingParts parts, LiveGroups open, ClosedGroups closed) {
        this.parts = parts;
        this.open = open;
        this.closed = closed;
        this.rules = new GroupRules(run.getGroups());
    }

    /** Closes a group whose request is known. */
    void close(OpenGroup group, boolean timedOut) {
        RolloutRequest request = group.getRequest();
        List<String> ids = group.getJudged().stream()
                .map(sample -> Ids.trajectory(request.getGroupId(), sample))
                .toList();
        Instant now = parts.clock().instant();
        send(rules.end(new ClosedGroup(request, settled(ids), group.getUnreadable(), timedOut, now)));
        ids.forEach(parts.books().samples()::remove);
        open.remove(request.getGroupId());
        closed.add(group);
        parts.metrics().closed(timedOut, Duration.between(request.getIssuedAt(), now));
    }

    private List<JudgedSample> settled(List<String> ids) {
        return ids.stream()
                .map(parts.books().samples()::find)
                .flatMap(Optional::stream)
                .toList();
    }

    private void send(Ending ending) {
        if (ending instanceof Ending.Ready ready) {
            parts.outbox().group(ready.group());
        } else if (ending instanceof Ending.Over over) {
            parts.outbox().outcome(over.outcome());
        }
    }
}
