package dev.tracerl.verifiers.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests for chat completion, a bounded number at one time, and repeats them where that may help: after 429 and 5xx as
 * often as the task says; after connections that fail and 503, as of a server that still loads its model, until the time is up.
 * Everything a request waits for counts against its time. Thread-safe.
 */
final class JudgeClient {

    private static final long MAX_ANSWER_BYTES = 1 << 20;
    private static final int NOT_READY = 503;

    /** A server that is not there is looked for this often at least. */
    private static final Duration LONGEST_PAUSE_UNTIL_READY = Duration.ofSeconds(5);

    private final JudgeSettings settings;
    private final Pauses pauses;
    private final Semaphore places;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // servers of models stumble over the offer of HTTP/2
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER) // a key goes nowhere else
            .build();

    JudgeClient(JudgeSettings settings) {
        this.settings = settings;
        this.pauses = new Pauses(
                settings.firstPause(), () -> ThreadLocalRandom.current().nextDouble());
        this.places = new Semaphore(settings.concurrency(), true);
    }

    int maxCharacters() {
        return settings.maxCharacters();
    }

    /** What a failure says about another attempt. */
    private enum Repeat {
        NEVER,
        /** As often as the task says. */
        SOME,
        UNTIL_READY
    }

    /** One attempt that failed. */
    private record Failure(String reason, Repeat repeat, Optional<Duration> asked) {

        static Failure lasting(String reason) {
            return new Failure(reason, Repeat.NEVER, Optional.empty());
        }

        boolean isLast(int attempt, int attempts) {
            return repeat == Repeat.NEVER || (repeat == Repeat.SOME && attempt >= attempts);
        }
    }

    /** What one attempt brought: a response or a failure. */
    private record Attempt(Optional<HttpResponse<byte[]>> response, Optional<Failure> failure) {

        static Attempt failed(Failure failure) {
            return new Attempt(Optional.empty(), Optional.of(failure));
        }
    }

    /** Asks until there is an answer, the attempts are used up, or the time is. */
    Reply ask(JsonNode body, JudgeTask.Limits limits) {
        long end = System.nanoTime() + limits.time().toNanos();
        try {
            if (!places.tryAcquire(limits.time().toNanos(), TimeUnit.NANOSECONDS)) {
                return late(limits, "all requests at one time were taken");
            }
            try {
                return attempts(request(body), limits, end);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.None("interrupted");
        }
    }

    private Reply attempts(HttpRequest request, JudgeTask.Limits limits, long end) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Attempt made = attempt(request, end);
            if (made.response().isPresent()) {
                return Completion.reply(made.response().get().body());
            }
            if (made.failure().isEmpty()) {
                return late(limits, "no answer");
            }
            Failure failure = made.failure().get();
            if (failure.isLast(attempt, limits.attempts())) {
                return new Reply.None(failure.reason() + " (attempt " + attempt + " of " + limits.attempts() + ")");
            }
            long pause = pause(attempt, failure).toNanos();
            if (pause >= end - System.nanoTime()) {
                return late(limits, failure.reason());
            }
            TimeUnit.NANOSECONDS.sleep(pause);
        }
    }

    private Duration pause(int attempt, Failure failure) {
        Duration pause = pauses.after(attempt, failure.asked());
        boolean shorter = failure.repeat() == Repeat.UNTIL_READY
                && failure.asked().isEmpty()
                && pause.compareTo(LONGEST_PAUSE_UNTIL_READY) > 0;
        return shorter ? LONGEST_PAUSE_UNTIL_READY : pause;
    }

    /** Neither a response nor a failure if the time is up. */
    private Attempt attempt(HttpRequest request, long end) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> sent = sent(request);
        try {
            return taken(sent.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Attempt(Optional.empty(), Optional.empty());
        } catch (ExecutionException e) {
            return Attempt.failed(broken(e.getCause()));
        } finally {
            sent.cancel(true);
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> sent(HttpRequest request) {
        try {
            return http.sendAsync(request, head -> new LimitedBody(MAX_ANSWER_BYTES));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Failure broken(@Nullable Throwable cause) {
        if (cause instanceof LimitedBody.TooLongException) {
            return Failure.lasting(String.valueOf(cause.getMessage()));
        }
        if (cause == null) {
            return Failure.lasting("the judge cannot be asked");
        }
        String detail = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        String problem = cause.getClass().getSimpleName() + detail;
        return cause instanceof IOException
                ? new Failure("the judge cannot be reached: " + problem, Repeat.UNTIL_READY, Optional.empty())
                : Failure.lasting("the judge cannot be asked: " + problem);
    }

    private Attempt taken(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == 200) {
            return new Attempt(Optional.of(response), Optional.empty());
        }
        if (status == 401 || status == 403) { // what they say may repeat the key
            return Attempt.failed(
                    Failure.lasting("the judge refuses the key (HTTP " + status + "): set " + JudgeSettings.KEY));
        }
        String reason = "the judge answers HTTP " + status + withoutKey(Completion.problem(response.body()));
        return Attempt.failed(new Failure(reason, repeat(status), Pauses.asked(response.headers(), Instant.now())));
    }

    private static Repeat repeat(int status) {
        if (status == NOT_READY) {
            return Repeat.UNTIL_READY;
        }
        return status == 429 || status >= 500 ? Repeat.SOME : Repeat.NEVER;
    }

    private String withoutKey(String text) {
        return settings.key().map(key -> text.replace(key, "***")).orElse(text);
    }

    private HttpRequest request(JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.endpoint())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        settings.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return request.build();
    }

    private static Reply late(JudgeTask.Limits limits, String last) {
        return new Reply.TooLate("the judge took longer than " + limits.time().toSeconds() + " s: " + last);
    }
}
