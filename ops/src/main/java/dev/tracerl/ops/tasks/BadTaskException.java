package dev.tracerl.ops.tasks;

/** An entry of a file is no task of the kind; the message says why. */
final class BadTaskException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadTaskException(String reason) {
        super(reason);
    }
}
