package dev.tracerl.ops.cli;

import dev.tracerl.ops.input.BadInputException;
import java.util.Optional;

/**
 * A run, or a version of it, as the user writes it: {@code RUN} or {@code RUN@VERSION}.
 *
 * @param runId the run
 * @param version the version; absent: the final or newest one
 */
record RunReference(String runId, Optional<Long> version) {

    static RunReference parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return new RunReference(text, Optional.empty());
        }
        try {
            return new RunReference(text.substring(0, at), Optional.of(Long.parseLong(text.substring(at + 1))));
        } catch (NumberFormatException e) {
            throw new BadInputException("'" + text + "' is neither RUN nor RUN@VERSION");
        }
    }
}
