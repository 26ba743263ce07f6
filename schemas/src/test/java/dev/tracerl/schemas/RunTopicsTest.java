package dev.tracerl.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunTopicsTest {

    @Test
    void topicsOfTwoRunsAreApart() {
        // When
        List<String> first = names("sudoku");
        List<String> second = names("sudoku-2");

        // Then
        assertThat(first).doesNotContainAnyElementsOf(second).doesNotHaveDuplicates();
    }

    @Test
    void requestsAndTrajectoriesAreCoPartitioned() {
        // Given
        RunTopics topics = RunTopics.of("sudoku");

        // Then
        assertThat(topics.trajectories().partitions())
                .isEqualTo(topics.rolloutRequests().partitions());
    }

    @Test
    void aRunsTopicsAreKeptWithoutATimeLimit() {
        // When
        List<Topic<?>> topics = RunTopics.of("sudoku").all();

        // Then
        assertThat(topics).allSatisfy(topic -> {
            if ("delete".equals(topic.settings().get("cleanup.policy"))) {
                assertThat(topic.settings()).containsEntry("retention.ms", "-1");
            }
        });
    }

    @Test
    void runIdsThatNoTopicCouldCarryAreRefused() {
        assertThatThrownBy(() -> RunTopics.of("Sudoku run"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Sudoku run'");
    }

    private static List<String> names(String runId) {
        return RunTopics.of(runId).all().stream().map(Topic::name).toList();
    }
}
