package dev.tracerl.ops.archive;

/** An archive is not what was written; the message names the file and, within it, the first record that is wrong. */
public final class DamagedArchiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedArchiveException(String message) {
        super(message);
    }

    DamagedArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
