package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.state.OpenGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The open groups of a partition; those whose request is known are held in memory too. A settled sample is an entry of its
 * own, so that the entry of its group, with the request, is not written again for every trajectory.
 */
final class LiveGroups {

    private final GroupBooks books;
    private final Map<String, Live> live = new HashMap<>();

    LiveGroups(GroupBooks books) {
        this.books = books;
    }

    /** The group as it is now, with all samples that were judged; the same object until it is removed. */
    Optional<OpenGroup> find(String groupId) {
        return known(groupId).or(() -> books.open().find(groupId).map(entry -> restored(groupId, entry)));
    }

    /** All of them, in order of their ids. */
    List<Map.Entry<String, OpenGroup>> entries() {
        return books.open().entries().stream()
                .map(entry -> Map.entry(
                        entry.getKey(),
                        known(entry.getKey()).orElseGet(() -> restored(entry.getKey(), entry.getValue()))))
                .toList();
    }

    /** Writes a group, unless nothing of it is new but samples that settled. */
    void put(String groupId, OpenGroup group) {
        Live before = live.get(groupId);
        if (before != null && before.says(group)) {
            return;
        }
        books.open().put(groupId, group);
        if (group.getRequest() != null) {
            live.put(groupId, Live.of(group));
        }
    }

    void remove(String groupId) {
        live.remove(groupId);
        books.open().remove(groupId);
    }

    private Optional<OpenGroup> known(String groupId) {
        return Optional.ofNullable(live.get(groupId)).map(Live::group);
    }

    private OpenGroup restored(String groupId, OpenGroup group) {
        if (group.getRequest() != null) {
            group.setJudged(judged(group));
            live.put(groupId, Live.of(group));
        }
        return group;
    }

    private List<Integer> judged(OpenGroup group) {
        RolloutRequest request = group.getRequest();
        TreeSet<Integer> judged = new TreeSet<>(group.getJudged());
        for (int sample = 0; sample < request.getSamples(); sample++) {
            if (books.samples()
                    .find(Ids.trajectory(request.getGroupId(), sample))
                    .isPresent()) {
                judged.add(sample);
            }
        }
        return new ArrayList<>(judged);
    }

    /** A group, and what its entry says beside the request. */
    private record Live(OpenGroup group, List<Integer> checking, int unreadable) {

        static Live of(OpenGroup group) {
            return new Live(group, List.copyOf(group.getChecking()), group.getUnreadable());
        }

        boolean says(OpenGroup now) {
            return checking.equals(now.getChecking()) && unreadable == now.getUnreadable();
        }
    }
}
