package dev.tracerl.rollout.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.model.network.Parameters;
import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.weights.PinnedWeights;
import dev.tracerl.rollout.weights.PolicySource;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order in which versions are fetched and handed out. */
class PinnedVersionsTest {

    private static final Parameters PARAMETERS = Parameters.random(Specs.model(64), 0);

    private final Map<Long, PinnedWeights> fetched = new HashMap<>();
    private final List<Long> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private long newest = 9;

    private final PinnedVersions versions = new PinnedVersions(
            new PolicySource() {
                @Override
                public Optional<PolicyWeights> newest() {
                    return Optional.of(new PolicyWeights(newest, PARAMETERS));
                }

                @Override
                public PinnedWeights pinned(long version) {
                    throw new AssertionError("asked for its newest only");
                }
            },
            new PolicySource() {
                @Override
                public Optional<PolicyWeights> newest() {
                    throw new AssertionError("asked for versions only");
                }

                @Override
                public PinnedWeights pinned(long version) {
                    asked.add(version);
                    return fetched.getOrDefault(version, new PinnedWeights.Loading());
                }
            },
            () -> 10);

    private final CompletionListener silent = new NothingSampled() {
        @Override
        public void refused(Problem problem) {
            throw new AssertionError("nothing is refused");
        }
    };

    private Completion find(long version, String name) {
        Completion completion = new Completion(silent, new Slots(1), ended -> versions.changed());
        versions.find(version, completion, state -> told.add(name + " " + text(state)));
        return completion;
    }

    private static String text(PinnedWeights state) {
        return state instanceof PinnedWeights.Ready ready
                ? "has " + ready.weights().version()
                : "has none";
    }

    private void fetch(long version) {
        fetched.put(version, new PinnedWeights.Ready(new PolicyWeights(version, PARAMETERS)));
        versions.changed();
    }

    @Test
    void theNextVersionIsFetchedWhenNobodyHoldsTheOneBefore() {
        // Given
        Completion first = find(1, "first");
        find(2, "second");
        Completion third = find(1, "third");
        fetch(1);
        first.cancel();
        List<Long> before = List.copyOf(asked);

        // When
        third.cancel();
        fetch(2);

        // Then
        assertThat(before).containsOnly(1L);
        assertThat(told).containsExactly("first has 1", "third has 1", "second has 2");
    }

    @Test
    void whoWantsTheHeldVersionJoinsUnlessAnotherWaits() {
        // Given
        fetch(1);
        fetch(2);
        Completion first = find(1, "first");
        Completion second = find(1, "second");
        find(2, "third");
        find(1, "fourth");

        // When
        first.cancel();
        second.cancel();

        // Then
        assertThat(told).containsExactly("first has 1", "second has 1", "third has 2");
    }

    @Test
    void theNewestVersionIsNotFetchedButIsHeldLikeAnyOther() {
        // Given
        find(9, "first");
        newest = 10;

        // When
        find(9, "second");
        find(10, "third");

        // Then
        assertThat(told).containsExactly("first has 9", "second has 9");
        assertThat(asked).isEmpty();
    }

    @Test
    void whoHasGoneIsNotFetchedFor() {
        // Given
        Completion first = find(1, "first");
        find(2, "second").cancel();
        find(3, "third");

        // When
        first.cancel();
        List<Long> whileLoading = List.copyOf(asked);
        fetch(1);

        // Then
        assertThat(whileLoading).containsOnly(1L);
        assertThat(asked).doesNotContain(2L).endsWith(3L);
        assertThat(told).isEmpty();
    }

    @Test
    void aVersionThatCannotBeUsedMakesPlaceForTheNext() {
        // Given
        find(1, "first");
        find(2, "second");
        fetched.put(2L, new PinnedWeights.Ready(new PolicyWeights(2, PARAMETERS)));

        // When
        fetched.put(1L, new PinnedWeights.Refused("sha256 differs"));
        versions.changed();

        // Then
        assertThat(told).containsExactly("first has none", "second has 2");
    }

    @Test
    void aVersionThatWasNeverPublishedIsRefusedAtOnce() {
        // When
        find(10, "rolled back");
        find(11, "unknown");

        // Then
        assertThat(told).containsExactly("unknown has none");
        assertThat(asked).containsOnly(10L);
    }
}
