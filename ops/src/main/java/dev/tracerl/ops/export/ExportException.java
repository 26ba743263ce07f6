package dev.tracerl.ops.export;

/** A run cannot be exported into a folder; the message says why and what to do. */
public final class ExportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExportException(String message) {
        super(message);
    }
}
