package dev.tracerl.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StalenessRuleTest {

    @Test
    void lagIsTheDistanceInVersions() {
        // When
        long lag = StalenessRule.lag(7, 5);

        // Then
        assertThat(lag).isEqualTo(2);
    }

    @Test
    void groupsUpToTheBoundAreAccepted() {
        // Given
        StalenessRule rule = new StalenessRule(2);

        // When
        boolean atBound = rule.accepts(7, 5);
        boolean beyond = rule.accepts(8, 5);

        // Then
        assertThat(atBound).isTrue();
        assertThat(beyond).isFalse();
    }

    @Test
    void impossibleVersionsAreRefused() {
        // When
        // Then
        assertThatThrownBy(() -> StalenessRule.lag(3, 4))
                .hasMessage("oldestBlockVersion is 4, must be in [0, trainerVersion], which is 3");
        assertThatThrownBy(() -> StalenessRule.lag(3, -1)).hasMessageContaining("oldestBlockVersion is -1");
        assertThatThrownBy(() -> new StalenessRule(-1)).hasMessage("maxLag is -1, must be at least 0");
    }
}
