package dev.tracerl.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.trainer.support.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinibatchesTest {

    @Test
    void groupsStayTogetherAndInOrder() {
        // Given
        List<List<Example>> groups = List.of(
                List.of(Examples.ofRows("a", 4), Examples.ofRows("b", 4)),
                List.of(Examples.ofRows("c", 4)),
                List.of(Examples.ofRows("d", 4), Examples.ofRows("e", 4)));

        // When
        List<List<Example>> minibatches = Minibatches.split(groups, 2);

        // Then
        assertThat(minibatches).extracting(Examples::ids).containsExactly(List.of("a", "b", "c"), List.of("d", "e"));
    }

    @Test
    void sizesDifferByOneGroupAtMost() {
        // Given
        List<List<Example>> groups = List.of(
                List.of(Examples.ofRows("a", 4)),
                List.of(Examples.ofRows("b", 4)),
                List.of(Examples.ofRows("c", 4)),
                List.of(Examples.ofRows("d", 4)),
                List.of(Examples.ofRows("e", 4)));

        // When
        List<List<Example>> minibatches = Minibatches.split(groups, 3);

        // Then
        assertThat(minibatches).extracting(List::size).containsExactly(2, 2, 1);
    }

    @Test
    void thereAreNoEmptyMinibatches() {
        // Given
        List<List<Example>> groups = List.of(List.of(Examples.ofRows("a", 4)));

        // Then
        assertThatThrownBy(() -> Minibatches.split(groups, 2)).hasMessage("parts is 2, must be in [1, 1]");
    }
}
