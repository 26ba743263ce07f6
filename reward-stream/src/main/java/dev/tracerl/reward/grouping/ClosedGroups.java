package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.StrayKind;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.SeenSamples;
import java.util.Optional;

/** Tells late trajectories from copies, for the newest groups that were closed; of older ones nothing is kept. */
final class ClosedGroups {

    /** Groups of each purpose that are kept, by their numbers; those that are this far apart share a partition. */
    static final long KEPT = 512L * RunTopics.GROUP_PARTITIONS;

    private final GroupBooks books;

    ClosedGroups(GroupBooks books) {
        this.books = books;
    }

    /** A group was closed. */
    void add(OpenGroup group) {
        RolloutRequest request = group.getRequest();
        long newest = books.requested().find(request.getPurpose().name()).orElse(-1L);
        if (request.getSequence() + KEPT > newest) {
            books.closed().put(request.getGroupId(), new SeenSamples(group.getJudged()));
        }
        if (request.getSequence() >= KEPT) {
            books.closed().remove(Ids.group(request.getRunId(), request.getPurpose(), request.getSequence() - KEPT));
        }
    }

    /** What a trajectory of a group that was closed is. */
    StrayKind kind(Trajectory trajectory) {
        Optional<SeenSamples> seen = books.closed().find(trajectory.getGroupId());
        if (seen.isEmpty()) {
            return StrayKind.AFTER_CLOSE;
        } else if (seen.get().getSamples().contains(trajectory.getSample())) {
            return StrayKind.DUPLICATE;
        }
        seen.get().getSamples().add(trajectory.getSample());
        books.closed().put(trajectory.getGroupId(), seen.get());
        return StrayKind.LATE;
    }
}
