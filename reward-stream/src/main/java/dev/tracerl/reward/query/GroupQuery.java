package dev.tracerl.reward.query;

import dev.tracerl.reward.admission.EndedGroups;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.RunningGroup;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds groups. The instance of admission is asked first: it knows whether a group exists and how it ended. For what is
 * going on within a group that has not, the instance of its partition is asked. Thread-safe.
 */
public final class GroupQuery {

    private final String runId;
    private final GroupStores stores;
    private final GroupViews views;

    public GroupQuery(String runId, GroupStores stores) {
        this.runId = runId;
        this.stores = stores;
        this.views = new GroupViews(stores);
    }

    /**
     * A group.
     *
     * @param within whether admission has been asked by whoever sends the question here
     * @throws StoresUnavailableException while the state cannot be read
     */
    public GroupAnswer find(String groupId, boolean within) {
        Optional<Purpose> purpose = purpose(groupId);
        if (purpose.isEmpty()) {
            return new GroupAnswer.Missing("%s is not the id of a group of run %s, like %s"
                    .formatted(groupId, runId, Ids.group(runId, Purpose.TRAINING, 17)));
        }
        return within ? withinPartition(groupId, purpose.get(), Optional.empty()) : known(groupId, purpose.get());
    }

    /** Open groups of this instance, at most so many. */
    public OpenGroups open(int limit) {
        List<OpenGroup> open = stores.open(limit + 1);
        return new OpenGroups(
                stores.self().toString(),
                open.stream().limit(limit).map(views::open).toList(),
                open.size() > limit,
                stores.others().stream()
                        .map(host -> "http://%s/groups?state=open&limit=%d".formatted(host, limit))
                        .toList());
    }

    private GroupAnswer known(String groupId, Purpose purpose) {
        Host admission = stores.admission();
        if (!admission.equals(stores.self())) {
            return new GroupAnswer.Elsewhere(admission, false);
        }
        // Admission writes how a group ended before it forgets that it runs.
        Optional<RunningGroup> running = stores.running(groupId);
        return running.isPresent()
                ? withinPartition(groupId, purpose, running)
                : stores.ended(groupId)
                        .<GroupAnswer>map(ended -> new GroupAnswer.Found(views.ended(ended)))
                        .orElseGet(() -> new GroupAnswer.Missing(missing(groupId)));
    }

    private GroupAnswer withinPartition(String groupId, Purpose purpose, Optional<RunningGroup> running) {
        int partition = Ids.partition(Ids.sequence(groupId));
        Host grouping = stores.grouping(partition);
        if (!grouping.equals(stores.self())) {
            return new GroupAnswer.Elsewhere(grouping, true);
        }
        Optional<OpenGroup> open = stores.open(partition, groupId);
        if (open.isPresent() && open.get().getRequest() != null) {
            return new GroupAnswer.Found(views.open(open.get()));
        }
        boolean isRead = Ids.sequence(groupId) <= stores.lastRequested(partition, purpose);
        GroupView.State state = isRead ? GroupView.State.CLOSED : GroupView.State.REQUESTED;
        int waiting = open.map(group -> group.getWaiting().size()).orElse(0);
        return new GroupAnswer.Found(views.known(groupId, state, purpose, running, waiting));
    }

    private Optional<Purpose> purpose(String groupId) {
        try {
            long sequence = Ids.sequence(groupId);
            return Stream.of(Purpose.values())
                    .filter(purpose -> Ids.group(runId, purpose, sequence).equals(groupId))
                    .findFirst();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private String missing(String groupId) {
        return "%s has not been requested, or it ended before the newest %d groups of its kind; %s has all outcomes"
                .formatted(
                        groupId,
                        EndedGroups.KEPT,
                        RunTopics.of(runId).groupOutcomes().name());
    }
}
