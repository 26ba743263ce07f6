package dev.tracerl.ops.stack;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.util.Optional;

/** A verifier that only workers may ask. */
public record SlowVerifier(String kind, Optional<String> unavailable) implements Verifier {

    @Override
    public String version() {
        return "1";
    }

    @Override
    public boolean isInline() {
        return false;
    }

    @Override
    public Optional<String> invalid(TaskInputs task) {
        return Optional.empty();
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        return new Verdict.Failed("", 0);
    }
}
