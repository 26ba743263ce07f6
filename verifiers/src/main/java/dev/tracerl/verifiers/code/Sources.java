package dev.tracerl.verifiers.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The programs that run in the sandboxes. */
enum Sources {
    CANDIDATE("function_candidate.py"),
    DRIVER("function_driver.py"),
    STDIO("stdio_program.py");

    private final String text;

    Sources(String file) {
        try (@Nullable InputStream stream = Sources.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + file + " is missing");
            }
            this.text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }
}
