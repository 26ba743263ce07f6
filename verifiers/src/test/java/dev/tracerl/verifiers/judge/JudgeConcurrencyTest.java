package dev.tracerl.verifiers.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many requests are open at one time, when threads ask at the same time and the judge is slow or broken. */
class JudgeConcurrencyTest {

    private static final String RIGHT = "{\"score\": 1}";
    private static final int CALLS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(CALLS);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void noMoreRequestsThanAllowedAreOpenAtOneTime() throws Exception {
        // Given
        CountDownLatch two = new CountDownLatch(2);
        try (StubJudge judge = new StubJudge((exchange, number) -> {
            opened(two);
            exchange.say(RIGHT);
        })) {
            // When
            List<Verdict> verdicts = askAll(judge.verifier(2), Map.of());

            // Then
            assertThat(verdicts).hasSize(CALLS).containsOnly(new Verdict.Correct(1));
            assertThat(most).hasValue(2);
        }
    }

    @Test
    void repetitionsAreWithinTheBound() throws Exception {
        // Given
        CountDownLatch two = new CountDownLatch(2);
        Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
        try (StubJudge judge = new StubJudge((exchange, number) -> {
            opened(two);
            switch (attempts.computeIfAbsent(exchange.user(), response -> new AtomicInteger())
                    .incrementAndGet()) {
                case 1 -> exchange.send(429, "");
                case 2 -> exchange.send(503, "");
                case 3 -> exchange.send(500, "");
                default -> exchange.say(RIGHT);
            }
        })) {
            // When
            List<Verdict> verdicts = askAll(judge.verifier(2), Map.of("attempts", "4"));

            // Then
            assertThat(verdicts).hasSize(CALLS).containsOnly(new Verdict.Correct(1));
            assertThat(most).hasValue(2);
            assertThat(attempts.values())
                    .hasSize(CALLS)
                    .allSatisfy(made -> assertThat(made).hasValue(4));
        }
    }

    @Test
    void waitingForOthersCountsAgainstTheTime() throws Exception {
        // Given
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (StubJudge judge = new StubJudge((exchange, number) -> {
            asked.countDown();
            over.await();
            exchange.say(RIGHT);
        })) {
            JudgeVerifier verifier = judge.verifier(1);
            Future<Verdict> first = threads.submit(() -> verifier.verify(task(Map.of()), "1"));
            asked.await();

            // When
            Verdict second = verifier.verify(task(Map.of("timeLimitSeconds", "1")), "2");
            over.countDown();

            // Then
            assertThat(second)
                    .isEqualTo(new Verdict.TimedOut(
                            "the judge took longer than 1 s: all requests at one time were taken", 1));
            assertThat(first.get()).isEqualTo(new Verdict.Correct(1));
            assertThat(judge.requests).hasSize(1);
        }
    }

    @Test
    void aJudgeThatIsBusyForTheWholeTimeIsAskedAgainByTheNext() throws Exception {
        // Given
        AtomicInteger status = new AtomicInteger(503);
        try (StubJudge judge = new StubJudge((exchange, number) -> {
            if (status.get() == 503) {
                exchange.send(503, "");
            } else {
                exchange.say(RIGHT);
            }
        })) {
            JudgeVerifier verifier = judge.verifier(2);

            // When
            List<Verdict> busy = askAll(verifier, Map.of("timeLimitSeconds", "1"));
            status.set(200);
            List<Verdict> ready = askAll(verifier, Map.of());

            // Then
            assertThat(busy).hasSize(CALLS).hasOnlyElementsOfType(Verdict.TimedOut.class);
            assertThat(ready).hasSize(CALLS).containsOnly(new Verdict.Correct(1));
        }
    }

    @Test
    void howeverARequestEndsTheNextOneMayBeSent() throws Exception {
        // Given
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        byte[] noise = new byte[(1 << 20) + 1];
        try (StubJudge judge = new StubJudge((exchange, number) -> {
            switch (exchange.user().replaceAll("(?s).*>>\n(.*)\n<<.*", "$1")) {
                case "refused" -> exchange.send(400, "");
                case "broken" -> exchange.send(500, "");
                case "too long" -> {
                    exchange.http().sendResponseHeaders(200, 0);
                    exchange.http().getResponseBody().write(noise);
                }
                case "late" -> {
                    exchange.http().getResponseHeaders().set("Retry-After", "3600");
                    exchange.send(429, "");
                }
                case "interrupted" -> {
                    asked.countDown();
                    over.await();
                }
                default -> exchange.say(RIGHT);
            }
        })) {
            JudgeVerifier verifier = judge.verifier(1);

            // When
            List<Verdict> ended = Stream.of("refused", "broken", "too long", "late")
                    .map(response -> verifier.verify(task(Map.of("attempts", "2")), response))
                    .toList();
            Future<Verdict> interrupted = threads.submit(() -> verifier.verify(task(Map.of()), "interrupted"));
            asked.await();
            interrupted.cancel(true);
            Verdict next = verifier.verify(task(Map.of()), "4");
            over.countDown();

            // Then
            assertThat(ended)
                    .hasSize(4)
                    .allSatisfy(verdict -> assertThat(verdict.score()).isEmpty());
            assertThat(next).isEqualTo(new Verdict.Correct(1));
        }
    }

    /** A request is open until the bound was reached once. */
    private void opened(CountDownLatch bound) throws InterruptedException {
        most.accumulateAndGet(open.incrementAndGet(), Math::max);
        bound.countDown();
        bound.await();
        open.decrementAndGet();
    }

    /** Verdicts on different responses, asked for at the same time. */
    private List<Verdict> askAll(JudgeVerifier verifier, Map<String, String> inputs)
            throws InterruptedException, ExecutionException {
        List<Future<Verdict>> asked = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            String response = String.valueOf(call);
            asked.add(threads.submit(() -> verifier.verify(task(inputs), response)));
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (Future<Verdict> each : asked) {
            verdicts.add(each.get());
        }
        return verdicts;
    }

    private static TaskInputs task(Map<String, String> inputs) {
        Map<String, String> all = new HashMap<>(Map.of("model", "grader"));
        all.putAll(inputs);
        return new TaskInputs("t/0", "judge", "2 + 2?", all);
    }
}
