package dev.tracerl.verifiers.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when a judge is slow, busy, broken or too talkative. */
class JudgeClientTest {

    private static final String RIGHT = "{\"score\": 1}";

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void aBusyJudgeIsAskedAgain(int status) throws IOException {
        // Given
        try (StubJudge judge = new StubJudge((exchange, number) -> {
            if (number < 3) {
                exchange.http().getResponseHeaders().set("Retry-After", "0");
                exchange.send(status, "");
            } else {
                exchange.say(RIGHT);
            }
        })) {
            // When
            Verdict verdict = judge.verifier(1).verify(task(Map.of()), "4");

            // Then
            assertThat(verdict).isEqualTo(new Verdict.Correct(1));
            assertThat(judge.requests).hasSize(3);
        }
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() throws IOException {
        // Given
        try (StubJudge judge = new StubJudge((exchange, number) -> {
            if (number > 1) {
                exchange.say(RIGHT);
            } // otherwise it is closed without an answer
        })) {
            // When
            // Then
            assertThat(judge.verifier(1).verify(task(Map.of()), "4")).isEqualTo(new Verdict.Correct(1));
        }
    }

    @Test
    void aJudgeThatStaysBrokenIsAFailureAfterAllAttempts() throws IOException {
        // Given
        try (StubJudge judge = new StubJudge(
                (exchange, number) -> exchange.send(500, "{\"error\": {\"message\": \"out of\\nmemory\"}}"))) {
            // When
            Verdict verdict = judge.verifier(1).verify(task(Map.of("attempts", "3")), "4");

            // Then
            assertThat(verdict)
                    .isEqualTo(new Verdict.Failed("the judge answers HTTP 500: out of memory (attempt 3 of 3)", 1));
            assertThat(judge.requests).hasSize(3);
        }
    }

    @Test
    void aJudgeThatIsNotThereIsLookedForUntilTheTimeIsUp() throws IOException {
        // Given
        StubJudge gone = new StubJudge((exchange, number) -> exchange.say(RIGHT));
        gone.close();

        // When
        Verdict verdict = gone.verifier(1).verify(task(Map.of("attempts", "1", "timeLimitSeconds", "1")), "4");

        // Then
        assertThat(verdict).isInstanceOf(Verdict.TimedOut.class);
        assertThat(verdict.reason())
                .startsWith("the judge took longer than 1 s: the judge cannot be reached: ConnectException");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJudgeThatLoadsItsModelIsWaitedForBeyondTheAttempts(boolean saysSo) throws IOException {
        // Given
        try (StubJudge judge = new StubJudge((exchange, number) -> {
            if (number > 7) {
                exchange.say(RIGHT);
            } else if (saysSo) {
                exchange.send(503, "{\"error\": {\"message\": \"Loading model\"}}");
            } // otherwise the connection is closed without an answer
        })) {
            // When
            Verdict verdict = judge.verifier(1).verify(task(Map.of("attempts", "2")), "4");

            // Then
            assertThat(verdict).isEqualTo(new Verdict.Correct(1));
            assertThat(judge.requests).hasSizeGreaterThanOrEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:99999/v1", "http://127.0.0.1:0/v1"})
    void aRequestThatCannotBeSentIsAFailure(String url) {
        // Given
        JudgeSettings settings = JudgeSettings.of(Map.of(JudgeSettings.URL, url));

        // When
        Verdict verdict =
                StubJudge.verifier(settings.endpoint(), settings).verify(task(Map.of("timeLimitSeconds", "1")), "4");

        // Then
        assertThat(verdict.score()).isEmpty();
        assertThat(verdict.reason()).contains("the judge cannot be ");
    }

    @Test
    void aRefusedRequestIsNotRepeated() throws IOException {
        // Given
        try (StubJudge judge = new StubJudge(
                (exchange, number) -> exchange.send(404, "{\"error\": \"no model grader for sk-secret\"}"))) {
            // When
            Verdict verdict = judge.verifier(1).verify(task(Map.of()), "4");

            // Then
            assertThat(verdict)
                    .isEqualTo(new Verdict.Failed(
                            "the judge answers HTTP 404: no model grader for *** (attempt 1 of 4)", 1));
            assertThat(judge.requests).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusedKeyIsNeverShown(int status) throws IOException {
        // Given
        try (StubJudge judge = new StubJudge((exchange, number) ->
                exchange.send(status, "{\"error\": {\"message\": \"Incorrect API key: sk-sec***\"}}"))) {
            // When
            Verdict verdict = judge.verifier(1).verify(task(Map.of()), "4");

            // Then
            assertThat(verdict)
                    .isEqualTo(new Verdict.Failed(
                            "the judge refuses the key (HTTP " + status + "): set TRACERL_JUDGE_KEY (attempt 1 of 4)",
                            1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSlowJudgeTimesOut(boolean afterTheHead) throws IOException {
        // Given
        CountDownLatch over = new CountDownLatch(1);
        try (StubJudge judge = new StubJudge((exchange, number) -> {
            if (afterTheHead) {
                exchange.http().sendResponseHeaders(200, 0);
                exchange.http().getResponseBody().write('{');
                exchange.http().getResponseBody().flush();
            }
            over.await();
        })) {
            // When
            Verdict verdict = judge.verifier(1).verify(task(Map.of("timeLimitSeconds", "1")), "4");

            // Then
            assertThat(verdict).isEqualTo(new Verdict.TimedOut("the judge took longer than 1 s: no answer", 1));
            over.countDown();
        }
    }

    @Test
    void aJudgeThatAsksForMoreTimeThanThereIsTimesOutAtOnce() throws IOException {
        // Given
        try (StubJudge judge = new StubJudge((exchange, number) -> {
            exchange.http().getResponseHeaders().set("Retry-After", "3600");
            exchange.send(429, "");
        })) {
            // When
            Verdict verdict = judge.verifier(1).verify(task(Map.of()), "4");

            // Then
            assertThat(verdict)
                    .isEqualTo(new Verdict.TimedOut("the judge took longer than 30 s: the judge answers HTTP 429", 1));
        }
    }

    @Test
    void anEndlessAnswerIsCutOff() throws IOException {
        // Given
        byte[] noise = new byte[1 << 16];
        try (StubJudge judge = new StubJudge((exchange, number) -> {
            exchange.http().sendResponseHeaders(200, 0);
            while (true) {
                exchange.http().getResponseBody().write(noise);
            }
        })) {
            // When
            Verdict verdict = judge.verifier(1).verify(task(Map.of()), "4");

            // Then
            assertThat(verdict)
                    .isEqualTo(new Verdict.Failed("the answer is longer than 1048576 bytes (attempt 1 of 4)", 1));
        }
    }

    @Test
    void pausesDoubleUpToHalfAMinuteUnlessTheServerSays() {
        // Given
        Pauses pauses = new Pauses(Duration.ofSeconds(1), () -> 0.5);

        // When
        // Then
        assertThat(pauses.after(1, Optional.empty())).isEqualTo(Duration.ofMillis(750));
        assertThat(pauses.after(4, Optional.empty())).isEqualTo(Duration.ofSeconds(6));
        assertThat(pauses.after(9, Optional.empty())).isEqualTo(Duration.ofMillis(22_500));
        assertThat(pauses.after(1, Optional.of(Duration.ofSeconds(90)))).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void theServersPauseIsReadInSecondsAndAsADate() {
        // Given
        Instant now = Instant.parse("2026-03-01T12:00:00Z");

        // When
        // Then
        assertThat(asked("7", now)).hasValue(Duration.ofSeconds(7));
        assertThat(asked("Sun, 1 Mar 2026 12:00:30 GMT", now)).hasValue(Duration.ofSeconds(30));
        assertThat(asked("Sun, 1 Mar 2026 11:00:30 GMT", now)).hasValue(Duration.ZERO);
        assertThat(asked("soon", now)).isEmpty();
    }

    private static Optional<Duration> asked(String value, Instant now) {
        return Pauses.asked(HttpHeaders.of(Map.of("Retry-After", List.of(value)), (name, each) -> true), now);
    }

    private static TaskInputs task(Map<String, String> inputs) {
        Map<String, String> all = new HashMap<>(Map.of("model", "grader"));
        all.putAll(inputs);
        return new TaskInputs("t/0", "judge", "2 + 2?", all);
    }
}
