package dev.tracerl.trainer.in;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.trainer.batch.ReadGroup;
import dev.tracerl.trainer.state.GroupPosition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The groups that have arrived and are not trained yet, and which groups have ended. Not thread-safe.
 *
 * <p>A group is claimed if the log has a step that used it, which this trainer has yet to repeat because its checkpoint
 * is older than the log. A claimed group is kept for that step.
 */
final class Inbox {

    private final Map<Long, Arrival.Trainable> waiting = new LinkedHashMap<>(); // by sequence, in order of arrival
    private final Map<Long, Arrival.Trainable> claimed = new LinkedHashMap<>();
    private final Set<String> claims = new HashSet<>();
    private final BitSet ended = new BitSet(); // by sequence
    private final SortedMap<Long, String> endedAbove = new TreeMap<>(); // group id by offset
    private final Set<String> endedBefore;
    private long next;

    /**
     * An inbox that continues from a position.
     *
     * @param outcomes outcomes on the log
     * @param claims ids of claimed groups
     */
    Inbox(GroupPosition position, Collection<GroupOutcome> outcomes, Collection<String> claims) {
        this.next = position.lowWater();
        this.endedBefore = Set.copyOf(position.usedAbove());
        this.claims.addAll(claims);
        end(outcomes);
    }

    /** Groups that ended, by anyone's decision. */
    void end(Collection<GroupOutcome> outcomes) {
        outcomes.forEach(outcome -> ended.set(Math.toIntExact(outcome.getSequence())));
    }

    private void read(long offset) {
        next = Math.max(next, offset + 1);
    }

    /** Takes a group in. False if it is a copy of one that is there or has ended. */
    boolean add(Arrival.Trainable arrival) {
        read(arrival.offset());
        long sequence = sequence(arrival);
        if (claims.contains(id(arrival))) {
            return claimed.putIfAbsent(sequence, arrival) == null;
        }
        if (ended.get(Math.toIntExact(sequence)) || endedBefore.contains(id(arrival))) {
            endedAbove.put(arrival.offset(), id(arrival));
            return false;
        }
        return waiting.putIfAbsent(sequence, arrival) == null;
    }

    /** Whether a record that cannot be trained was dealt with before. */
    boolean hasEnded(Arrival.Unreadable unreadable) {
        return endedBefore.contains(unreadable.key())
                || (unreadable.sequence().isPresent()
                        && ended.get(Math.toIntExact(unreadable.sequence().getAsLong())));
    }

    /** A record that cannot be trained was dealt with. */
    void end(Arrival.Unreadable unreadable) {
        read(unreadable.offset());
        unreadable.sequence().ifPresent(sequence -> ended.set(Math.toIntExact(sequence)));
        endedAbove.put(unreadable.offset(), unreadable.key());
    }

    /** Groups that no step has claimed, in order of arrival. */
    List<Arrival.Trainable> waiting() {
        return List.copyOf(waiting.values());
    }

    /** The first groups to have arrived, if there are so many. */
    Optional<List<Arrival.Trainable>> first(int count) {
        return waiting.size() < count
                ? Optional.empty()
                : Optional.of(waiting.values().stream().limit(count).toList());
    }

    /** The next groups by their numbers, if all of them have arrived; numbers that ended are left out. */
    Optional<List<Arrival.Trainable>> inSequence(int count) {
        List<Arrival.Trainable> chosen = new ArrayList<>();
        int sequence = ended.nextClearBit(0);
        while (chosen.size() < count) {
            Arrival.Trainable arrival = waiting.get((long) sequence);
            if (arrival == null) {
                return Optional.empty();
            }
            chosen.add(arrival);
            sequence = ended.nextClearBit(sequence + 1);
        }
        return Optional.of(chosen);
    }

    /** Claimed groups, if all of them have arrived. */
    Optional<List<Arrival.Trainable>> exactly(List<String> groupIds) {
        Map<String, Arrival.Trainable> byId = new LinkedHashMap<>();
        claimed.values().forEach(arrival -> byId.put(id(arrival), arrival));
        return byId.keySet().containsAll(groupIds)
                ? Optional.of(groupIds.stream().map(byId::get).toList())
                : Optional.empty();
    }

    /** The position once these groups have ended too. */
    GroupPosition positionWithout(Collection<Arrival.Trainable> arrivals) {
        Set<Long> leaving = new HashSet<>();
        SortedMap<Long, String> endedThen = new TreeMap<>(endedAbove);
        for (Arrival.Trainable arrival : arrivals) {
            leaving.add(arrival.offset());
            endedThen.put(arrival.offset(), id(arrival));
        }
        long lowWater = next;
        for (Map<Long, Arrival.Trainable> held : List.of(waiting, claimed)) {
            for (Arrival.Trainable arrival : held.values()) {
                lowWater = leaving.contains(arrival.offset()) ? lowWater : Math.min(lowWater, arrival.offset());
            }
        }
        return new GroupPosition(
                lowWater, List.copyOf(endedThen.tailMap(lowWater).values()));
    }

    /** Groups have ended: they leave. */
    void leave(Collection<Arrival.Trainable> arrivals) {
        for (Arrival.Trainable arrival : arrivals) {
            waiting.remove(sequence(arrival));
            claimed.remove(sequence(arrival));
            claims.remove(id(arrival));
            ended.set(Math.toIntExact(sequence(arrival)));
            endedAbove.put(arrival.offset(), id(arrival));
        }
        endedAbove.headMap(positionWithout(List.of()).lowWater()).clear();
    }

    private static long sequence(Arrival.Trainable arrival) {
        return arrival.content().group().getSequence();
    }

    private static String id(Arrival.Trainable arrival) {
        ReadGroup content = arrival.content();
        return content.group().getGroupId();
    }
}
