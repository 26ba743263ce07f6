package dev.tracerl.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.stack.StackException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void failuresHaveTheirCodes() {
        assertThat(ExitCode.of(new BadInputException("x"))).isEqualTo(2);
        assertThat(ExitCode.of(new UncheckedIOException("x", new NoSuchFileException("y"))))
                .isEqualTo(2);
        assertThat(ExitCode.of(new StackException("x"))).isEqualTo(3);
        assertThat(ExitCode.of(new TimeoutException("x"))).isEqualTo(3);
        assertThat(ExitCode.of(new InterruptedException())).isEqualTo(130);
        assertThat(ExitCode.of(new InterruptException(new InterruptedException())))
                .isEqualTo(130);
        Thread.interrupted(); // the exception above has set it
    }

    @Test
    void aBugIsNoFindingAndShowsItsTrace() {
        // Given
        Exception bug = new IllegalStateException("a bug");

        // Then
        assertThat(ExitCode.of(bug)).isEqualTo(3);
        assertThat(ExitCode.isForUser(bug)).isFalse();
        assertThat(ExitCode.isForUser(new TimeoutException("x"))).isTrue();
    }
}
