package dev.tracerl.rollout.completion;

import dev.tracerl.rollout.weights.PinnedWeights;
import dev.tracerl.rollout.weights.PolicySource;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Versions that clients pin, fetched apart from those of rollouts and evaluations, so that no request can delay those.
 * One version is served at a time, in order of arrival: the next is fetched when nobody holds the one before, so that
 * there is one copy besides the newest, whatever is asked for. Owned by the thread of completions.
 */
final class PinnedVersions {

    private final PolicySource newest;
    private final PolicySource fetched;
    private final LongSupplier highest;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Set<Completion> holders = new HashSet<>();
    private @Nullable PolicyWeights held;
    private @Nullable Long loading;

    private record Waiting(long version, Completion completion, Consumer<PinnedWeights> then) {}

    /**
     * @param newest of the rollouts
     * @param fetched asked for versions only
     * @param highest version that is published
     */
    PinnedVersions(PolicySource newest, PolicySource fetched, LongSupplier highest) {
        this.highest = highest;
        this.newest = newest;
        this.fetched = fetched;
    }

    /**
     * Calls back with the version, now or after {@link #changed()}, unless the completion has ended by then. A version
     * that is ready is held until the completion ends.
     */
    void find(long version, Completion completion, Consumer<PinnedWeights> then) {
        if (version > highest.getAsLong()) {
            then.accept(new PinnedWeights.Refused("version " + version + " is not published"));
        } else {
            waiting.add(new Waiting(version, completion, then));
            changed();
        }
    }

    /** Looks again, because more is known of a version or a completion has ended. */
    void changed() {
        waiting.removeIf(each -> each.completion().ended());
        holders.removeIf(Completion::ended);
        if (holders.isEmpty()) {
            held = null;
        }
        Long version = turn();
        while (version != null) {
            PinnedWeights state = state(version);
            if (state instanceof PinnedWeights.Loading) {
                loading = version;
                return;
            }
            loading = null;
            grant(version, state);
            version = turn();
        }
    }

    /** The version to look for; null if there is none, or another is held. A load is waited for in any case. */
    private @Nullable Long turn() {
        if (loading != null || waiting.isEmpty()) {
            return loading;
        }
        long first = waiting.element().version();
        return held == null || held.version() == first ? first : null;
    }

    private PinnedWeights state(long version) {
        if (held != null) {
            return new PinnedWeights.Ready(held);
        }
        return newest.newest()
                .filter(known -> known.version() == version)
                .<PinnedWeights>map(PinnedWeights.Ready::new)
                .orElseGet(() -> fetched.pinned(version));
    }

    private void grant(long version, PinnedWeights state) {
        List<Waiting> together =
                waiting.stream().filter(each -> each.version() == version).toList();
        waiting.removeAll(together);
        for (Waiting each : together) {
            if (state instanceof PinnedWeights.Ready ready) {
                held = ready.weights();
                holders.add(each.completion());
            }
            each.then().accept(state);
        }
    }
}
