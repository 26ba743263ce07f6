package dev.tracerl.ops.run;

import java.util.List;

/** A run file cannot be used; the message lists everything that is wrong with it. */
public final class RunFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunFileException(String file, List<String> problems) {
        super(file + " cannot be used:\n  " + String.join("\n  ", problems));
    }
}
