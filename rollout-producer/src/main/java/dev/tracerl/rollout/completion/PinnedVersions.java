package dev.tracerl.rollout.completion;

import dev.tracerl.rollout.weights.PinnedWeights;
import dev.tracerl.rollout.weights.PolicySource;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Versions that clients pin, fetched apart from those of rollouts and evaluations, so that no request can delay those.
 * Owned by the thread of completions.
 */
final class PinnedVersions {

    private final PolicySource newest;
    private final PolicySource fetched;
    private final LongPredicate published;
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(long version, Consumer<PinnedWeights> then) {}

    /**
     * @param newest of the rollouts
     * @param fetched asked for versions only
     * @param published whether a version is on the log; may read it
     */
    PinnedVersions(PolicySource newest, PolicySource fetched, LongPredicate published) {
        this.newest = newest;
        this.fetched = fetched;
        this.published = published;
    }

    /** Calls back with the version, now or after {@link #changed()}: ready or refused. */
    void find(long version, Consumer<PinnedWeights> then) {
        PolicyWeights current = newest.newest().orElse(null);
        if (current != null && current.version() == version) {
            then.accept(new PinnedWeights.Ready(current));
        } else if (!published.test(version)) {
            then.accept(new PinnedWeights.Refused("version " + version + " is not published"));
        } else {
            ask(new Waiting(version, then));
        }
    }

    /** Looks again, because more is known of a version. */
    void changed() {
        List<Waiting> asking = List.copyOf(waiting);
        waiting.clear();
        asking.forEach(this::ask);
    }

    private void ask(Waiting asking) {
        PinnedWeights state = fetched.pinned(asking.version());
        if (state instanceof PinnedWeights.Loading) {
            waiting.add(asking);
        } else {
            asking.then().accept(state);
        }
    }
}
