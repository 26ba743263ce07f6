package dev.tracerl.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final char ESCAPE = '\u001b';

    private final StringWriter written = new StringWriter();

    @Test
    void elsewhereThereAreOnlyPlainLines() {
        // Given
        Screen screen = new Screen(new PrintWriter(written), false);

        // When
        screen.progress("warm-up", 5, 10, "");
        screen.line("step 1");
        screen.status("busy");
        screen.line("step 2");
        screen.clear();

        // Then
        assertThat(written.toString().lines()).containsExactly("step 1", "step 2");
        assertThat(written.toString()).doesNotContain("\r").doesNotContain(String.valueOf(ESCAPE));
    }

    @Test
    void onATerminalABarStaysBelowTheLines() {
        // Given
        Screen screen = new Screen(new PrintWriter(written), true);

        // When
        screen.progress("warm-up", 5, 10, "held-out 3.0 %");
        screen.line("step 6");

        // Then
        String bar = "warm-up   [############............] 5/10  held-out 3.0 %";
        assertThat(written.toString()).startsWith("\r" + ESCAPE + "[K" + bar).endsWith("\r" + ESCAPE + "[K" + bar);
        assertThat(written.toString()).contains(ESCAPE + "[Kstep 6" + System.lineSeparator());
    }

    @Test
    void anUnchangedStatusIsNotDrawnAgain() {
        // Given
        Screen screen = new Screen(new PrintWriter(written), true);
        screen.status("busy");
        int length = written.toString().length();

        // When
        screen.status("busy");

        // Then
        assertThat(written.toString()).hasSize(length);
    }

    @Test
    void aClearedStatusDoesNotComeBack() {
        // Given
        Screen screen = new Screen(new PrintWriter(written), true);
        screen.status("busy");

        // When
        screen.clear();
        screen.line("done");

        // Then
        assertThat(written.toString()).endsWith(ESCAPE + "[Kdone" + System.lineSeparator());
    }
}
