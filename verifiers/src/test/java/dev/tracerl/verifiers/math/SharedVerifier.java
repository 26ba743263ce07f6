package dev.tracerl.verifiers.math;

/** One verifier for all tests, as each has a process for computer algebra, which takes seconds to start. */
final class SharedVerifier {

    static final MathVerifier VERIFIER = new MathVerifier();

    private SharedVerifier() {}
}
