package dev.tracerl.verifiers.countdown;

/** An expression that cannot be read or evaluated; the message says why. Never leaves this package. */
final class MalformedExpressionException extends RuntimeException {

    MalformedExpressionException(String message) {
        super(message, null, false, false); // expected and frequent: no stack trace
    }
}
