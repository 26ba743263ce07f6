package dev.tracerl.verifiers.code;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

/** The verifier for tests that need a sandbox; skips them, saying why, where none can be built. */
final class SandboxHere {

    private static final CodeVerifier VERIFIER = new CodeVerifier();
    private static final Optional<String> MISSING = VERIFIER.unavailable();

    private SandboxHere() {}

    static CodeVerifier verifier() {
        MISSING.ifPresent(reason -> System.err.println("SKIPPED: no sandbox on this host: " + reason));
        assumeTrue(MISSING.isEmpty(), () -> "no sandbox on this host: " + MISSING.orElse(""));
        return VERIFIER;
    }
}
