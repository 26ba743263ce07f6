package dev.tracerl.model.torch;

/** PyTorch cannot run here: no native library for this platform, or no such device. */
public final class TorchUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TorchUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    TorchUnavailableException(String message) {
        super(message);
    }
}
