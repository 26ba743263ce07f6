package dev.tracerl.verifiers.sandbox;

/** No sandbox can be built on this host. The message says why and what to do. */
public final class SandboxUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SandboxUnavailableException(String message) {
        super(message);
    }

    SandboxUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
