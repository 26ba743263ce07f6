package dev.tracerl.model.safetensors;

/** A checkpoint cannot be used; the message names the file, the tensor, what was expected and what was found. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong. */
    public CheckpointException(String message) {
        super(message);
    }

    /** With what is wrong and why. */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
