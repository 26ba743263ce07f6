package dev.tracerl.reward.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckRulesTest {

    @Test
    void allAttemptsFitIntoTheTimeOfAGroup() {
        // When
        CheckRules rules = CheckRules.of(Optional.empty(), 3, Duration.ofSeconds(60));

        // Then
        assertThat(rules.timeout()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aTimeoutThatIsSetIsTaken() {
        // When
        CheckRules rules = CheckRules.of(Optional.of(Duration.ofSeconds(5)), 3, Duration.ofSeconds(60));

        // Then
        assertThat(rules).isEqualTo(new CheckRules(Duration.ofSeconds(5), 3));
    }
}
