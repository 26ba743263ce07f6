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
 * Sends requests for chat completion, a bounded number at one time, and repeats them where that may help: after 429, 5xx and
 * connections that fail. Everything a request waits for counts against its time. Thread-safe.
 */
final class JudgeClient {

    private static final long MAX_ANSWER_BYTES = 1 << 20;

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

    /** One attempt that failed. */
    private record Failure(String reason, boolean mayHelpToRepeat, Optional<Duration> asked) {

        static Failure passing(String reason) {
            return new Failure(reason, true, Optional.empty());
        }

        static Failure lasting(String reason) {
            return new Failure(reason, false, Optional.empty());
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
            if (!failure.mayHelpToRepeat() || attempt >= limits.attempts()) {
                return new Reply.None(failure.reason() + " (attempt " + attempt + " of " + limits.attempts() + ")");
            }
            long pause = pauses.after(attempt, failure.asked()).toNanos();
            if (pause >= end - System.nanoTime()) {
                return late(limits, failure.reason());
            }
            TimeUnit.NANOSECONDS.sleep(pause);
        }
    }

    /** Neither a response nor a failure if the time is up. */
    private Attempt attempt(HttpRequest request, long end) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(request, head -> new LimitedBody(MAX_ANSWER_BYTES));
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

    private static Failure broken(@Nullable Throwable cause) {
        if (cause instanceof LimitedBody.TooLongException) {
            return Failure.lasting(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof IOException) {
            String detail = cause.getMessage() == null ? "" : ": " + cause.getMessage();
            return Failure.passing(
                    "the judge cannot be reached: " + cause.getClass().getSimpleName() + detail);
        }
        throw new IllegalStateException("unexpected problem of a request", cause);
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
        boolean passing = status == 429 || status >= 500;
        return Attempt.failed(new Failure(reason, passing, Pauses.asked(response.headers(), Instant.now())));
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
