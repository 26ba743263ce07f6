package dev.tracerl.verifiers.judge;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before an attempt: what the server asks for; otherwise twice as long every time, from half to the whole of
 * it at random, so that requests which failed together do not come back together.
 *
 * @param random uniform in [0, 1)
 */
record Pauses(Duration first, DoubleSupplier random) {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MAX_DOUBLINGS = 16;

    /**
     * The pause.
     *
     * @param attempt the attempt that failed, from 1
     * @param asked what the server asked for
     */
    Duration after(int attempt, Optional<Duration> asked) {
        return asked.orElseGet(() -> {
            Duration doubled = first.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
            Duration whole = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
            return Duration.ofNanos((long) (whole.toNanos() * (0.5 + random.getAsDouble() / 2)));
        });
    }

    /** The header Retry-After, in seconds or as a date; empty if there is none that can be read. */
    static Optional<Duration> asked(HttpHeaders headers, Instant now) {
        Optional<String> value = headers.firstValue("Retry-After").map(String::strip);
        if (value.isEmpty() || value.get().matches("\\d{1,9}")) {
            return value.map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
        }
        try {
            Instant until = ZonedDateTime.parse(value.get(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
