package dev.tracerl.rollout.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionProgressTest {

    private final PartitionProgress progress = new PartitionProgress();

    @ParameterizedTest(name = "of 3, 4, 7 done are [{0}]: read on from {1}")
    @CsvSource({"'', 3", "3, 4", "4, 3", "'3 4', 7", "'7 4', 3", "'3 7', 4", "'7 4 3', 8", "'3 3', 4"})
    void onlyWhatFollowsNothingOpenIsCommittable(String done, long expected) {
        // Given
        progress.track(3);
        progress.track(4);
        progress.track(7);

        // When
        Arrays.stream(done.split(" "))
                .filter(offset -> !offset.isEmpty())
                .mapToLong(Long::parseLong)
                .forEach(progress::done);

        // Then
        assertThat(progress.committable()).hasValue(expected);
    }

    @Test
    void nothingIsCommittableBeforeTheFirstRequest() {
        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void offsetsMustRise() {
        // Given
        progress.track(3);

        // Then
        assertThatThrownBy(() -> progress.track(3)).hasMessage("offset 3 after 3");
    }
}
