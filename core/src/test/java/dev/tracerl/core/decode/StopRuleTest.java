package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StopRuleTest {

    private static final int END = 9;
    private static final int OTHER_END = 8;
    private static final StopRule RULE = new StopRule(Set.of(END, OTHER_END), 6);

    @Test
    void responseGoesOnWithoutEndAndBelowTheLimit() {
        // When
        Optional<StopRule.Stop> stop = RULE.check(new int[] {1, 2, 3, 4}, 0);

        // Then
        assertThat(stop).isEmpty();
    }

    @Test
    void firstEndOfTextIsKept() {
        // When
        Optional<StopRule.Stop> stop = RULE.check(new int[] {1, 2, OTHER_END, END}, 0);

        // Then
        assertThat(stop).contains(new StopRule.Stop(3, StopReason.END_OF_TEXT));
    }

    @Test
    void tokensSeenBeforeAreNotReadAgain() {
        // When
        Optional<StopRule.Stop> stop = RULE.check(new int[] {END, 2, 3, 4}, 1);

        // Then
        assertThat(stop).isEmpty();
    }

    @Test
    void responseIsCutAtTheLimit() {
        // When
        Optional<StopRule.Stop> stop = RULE.check(new int[] {1, 2, 3, 4, 5, 6, 7, END}, 4);

        // Then
        assertThat(stop).contains(new StopRule.Stop(6, StopReason.LENGTH));
    }

    @Test
    void endOfTextThatDirectlyFollowsTheLimitCounts() {
        // When
        Optional<StopRule.Stop> stop = RULE.check(new int[] {1, 2, 3, 4, 5, 6, END, 7}, 4);

        // Then
        assertThat(stop).contains(new StopRule.Stop(7, StopReason.END_OF_TEXT));
    }

    @Test
    void limitBelowOneIsRefused() {
        // When
        // Then
        assertThatThrownBy(() -> new StopRule(Set.of(), 0)).hasMessage("maxTokens is 0, must be at least 1");
    }
}
