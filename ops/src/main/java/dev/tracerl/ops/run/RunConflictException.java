package dev.tracerl.ops.run;

/** What is to be loaded contradicts what is on the log already. */
public final class RunConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunConflictException(String message) {
        super(message);
    }
}
