package dev.tracerl.reward.service;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.util.Optional;

/**
 * Stands for a verifier that this host cannot run.
 *
 * @param reason why it cannot
 */
record UnavailableVerifier(Verifier verifier, String reason) implements Verifier {

    @Override
    public String kind() {
        return verifier.kind();
    }

    @Override
    public String version() {
        return verifier.version();
    }

    @Override
    public boolean isInline() {
        return false;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.of(reason);
    }

    @Override
    public Optional<String> invalid(TaskInputs task) {
        return verifier.invalid(task);
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        return new Verdict.Failed("this worker cannot judge: " + reason, 0);
    }
}
