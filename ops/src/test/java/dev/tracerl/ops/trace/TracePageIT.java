package dev.tracerl.ops.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracerl.ops.export.SampleLog;
import dev.tracerl.schemas.avro.Trajectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Plays a real trajectory in a real browser; skipped where none is installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracePageIT {

    private static final String TEXT = "document.getElementById('text').textContent";
    private static final String LABEL = "document.getElementById('label').textContent";
    private static final String DETAIL = "document.getElementById('detail').textContent";
    private static final String PLAY = "document.getElementById('play')";

    private static final String END = "<|endoftext|>";

    private final SampleLog log = SampleLog.load();
    private final Trajectory trajectory = log.trajectories().get(0);
    private final Trace trace = Trace.of(
            trajectory, Optional.empty(), TokenNames.of(log.run().getModel().getTokenizer()));
    private Chromium browser;
    private Path page;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        Optional<Path> program = Chromium.find();
        assumeTrue(program.isPresent(), "no Chromium on the path: apt-get install chromium");
        page = folder.resolve("trace.html");
        Files.writeString(page, TracePage.of(trace));
        browser = Chromium.start(program.get(), folder.resolve("profile"));
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        browser.open(page);
    }

    @AfterEach
    void thePageMakesNoErrorsAndLoadsNothingElse() {
        assertThat(browser.errors()).isEmpty();
        assertThat(browser.requests()).allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
    }

    @Test
    void atTheEndThereIsTheWholeAnswer() {
        String answer = trajectory.getSegments().get(1).getText();

        assertThat(browser.evaluate(TEXT)).isEqualTo(answer + END);
        assertThat(browser.evaluate(LABEL)).isEqualTo(label(trace.steps().length));
    }

    @Test
    void theKeyboardStepsForwardAndBack() {
        // When
        browser.press("Home");

        // Then
        assertThat(browser.evaluate(TEXT))
                .isEqualTo("\u00b7".repeat(trace.tokens().size()));
        for (int index = 1; index <= trace.steps().length; index++) {
            browser.press("ArrowRight");
            assertThat(browser.evaluate(TEXT)).isEqualTo(text(index));
            assertThat(browser.evaluate(LABEL)).isEqualTo(label(index));
        }
        browser.press("ArrowRight");
        browser.press("ArrowLeft");
        assertThat(browser.evaluate(TEXT)).isEqualTo(text(trace.steps().length - 1));
        browser.press("End");
        assertThat(browser.evaluate(LABEL)).isEqualTo(label(trace.steps().length));
    }

    @Test
    void theButtonsAndTheSliderStepToo() {
        browser.evaluate("document.getElementById('first').click()");
        browser.evaluate("document.getElementById('next').click()");
        browser.evaluate("document.getElementById('next').click()");
        browser.evaluate("document.getElementById('back').click()");
        assertThat(browser.evaluate(LABEL)).isEqualTo(label(1));

        browser.evaluate(
                "(s => { s.value = 3; s.dispatchEvent(new Event('input')); })(document.getElementById('step'))");
        assertThat(browser.evaluate(TEXT)).isEqualTo(text(3));
    }

    @Test
    void playGoesFromTheStartToTheEndAndPauses() {
        // When
        browser.evaluate("document.getElementById('speed').value = '120'");
        browser.press(" ");
        String playing = browser.evaluate(PLAY + ".textContent");
        browser.press(" ");
        String paused = browser.evaluate(PLAY + ".textContent");
        browser.press(" ");

        // Then
        assertThat(playing).isEqualTo("Pause");
        assertThat(paused).isEqualTo("Play");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> browser.evaluate(PLAY + ".textContent").equals("Play"));
        assertThat(browser.evaluate(LABEL)).isEqualTo(label(trace.steps().length));
    }

    @Test
    void pointingAtATokenTellsItsProbability() {
        // When
        browser.pointAt("document.querySelectorAll('.token')[5]");

        // Then
        TraceToken token = trace.tokens().get(5);
        assertThat(browser.evaluate(DETAIL))
                .isEqualTo("token 5: \"%s\", probability %.3f, step %d, block %d, version %d"
                        .formatted(token.text(), token.probability(), token.step(), token.block(), token.version()));
    }

    private String text(int index) {
        StringBuilder text = new StringBuilder();
        for (TraceToken token : trace.tokens()) {
            boolean masked = token.step() > trace.steps()[index - 1];
            String shown = token.text().isEmpty() ? END : token.text();
            text.append(masked ? "\u00b7".repeat(Math.max(1, token.text().length())) : shown);
        }
        return text.toString();
    }

    private String label(int index) {
        return "step %d (%d of %d)".formatted(trace.steps()[index - 1], index, trace.steps().length);
    }
}
