package dev.tracerl.ops.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.ops.input.BadInputException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverridesTest {

    @Test
    void whatCannotBeIsRefusedByItsOption() {
        refused(0L, 0, 0.5, "--steps must be at least 1, not 0");
        refused(1L, -1, 0.5, "--max-lag must be at least 0, not -1");
        refused(1L, 0, 88.0, "--target must be from 0 to 1, not 88.0");
    }

    private static void refused(long steps, int maxLag, double target, String problem) {
        assertThatThrownBy(() ->
                        new Overrides(Optional.empty(), Optional.of(maxLag), Optional.of(steps), Optional.of(target)))
                .isInstanceOf(BadInputException.class)
                .hasMessage(problem);
    }
}
