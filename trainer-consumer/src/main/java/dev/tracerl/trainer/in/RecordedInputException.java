package dev.tracerl.trainer.in;

/** The log does not have what a recorded step used. */
public final class RecordedInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RecordedInputException(String message) {
        super(message);
    }
}
