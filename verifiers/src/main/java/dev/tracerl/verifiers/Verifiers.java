package dev.tracerl.verifiers;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** The verifiers on the class path. */
public final class Verifiers {

    private Verifiers() {}

    /**
     * Finds all verifiers. None of those returned throws.
     *
     * @return verifier by kind of task
     * @throws IllegalStateException if two verifiers claim one kind
     * @throws java.util.ServiceConfigurationError if a registered verifier cannot be created
     */
    public static Map<String, Verifier> byKind() {
        return index(ServiceLoader.load(Verifier.class, Verifier.class.getClassLoader()));
    }

    static Map<String, Verifier> index(Iterable<Verifier> verifiers) {
        Map<String, Verifier> byKind = new HashMap<>();
        for (Verifier verifier : verifiers) {
            Verifier other = byKind.putIfAbsent(verifier.kind(), new GuardedVerifier(verifier));
            if (other != null) {
                throw new IllegalStateException("two verifiers for kind " + verifier.kind());
            }
        }
        return Map.copyOf(byKind);
    }
}
