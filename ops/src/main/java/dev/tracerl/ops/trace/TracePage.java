package dev.tracerl.ops.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A trace as one self-contained page that plays it. */
public final class TracePage {

    private static final String TEMPLATE = "player.html";
    private static final String DATA = "/*TRACE*/null";

    private TracePage() {}

    /** The page's text. */
    public static String of(Trace trace) {
        return template().replace(DATA, json(trace));
    }

    /** JSON that cannot end the script it stands in. */
    private static String json(Trace trace) {
        try {
            return new ObjectMapper().writeValueAsString(trace).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String template() {
        try (InputStream stream = TracePage.class.getResourceAsStream(TEMPLATE)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + TEMPLATE);
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
