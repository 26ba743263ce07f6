package dev.tracerl.trainer.state;

/** A checkpoint is incomplete or was changed; it must not be used. */
public final class CorruptCheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CorruptCheckpointException(String message) {
        super(message);
    }
}
