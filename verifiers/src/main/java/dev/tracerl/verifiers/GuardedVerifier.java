package dev.tracerl.verifiers;

import java.util.Map;
import java.util.Optional;

/**
 * Turns whatever a verifier throws into a {@link Verdict.Failed}, so that one bad plug-in cannot stop a stream: also a
 * class that it misses, but not a lack of memory, after which nothing can be relied on.
 */
record GuardedVerifier(Verifier delegate) implements Verifier {

    @Override
    public String kind() {
        return delegate.kind();
    }

    @Override
    public String version() {
        return delegate.version();
    }

    @Override
    public boolean isInline() {
        return delegate.isInline();
    }

    @Override
    public boolean isComposite() {
        return delegate.isComposite();
    }

    @Override
    public void among(Map<String, Verifier> byKind) {
        delegate.among(byKind);
    }

    @Override
    public Optional<String> unavailable(TaskInputs task) {
        try {
            return delegate.unavailable(task);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return Optional.of("verifier " + kind() + " failed: " + e);
        }
    }

    @Override
    public Optional<String> unavailable() {
        try {
            return delegate.unavailable();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return Optional.of("verifier " + kind() + " failed: " + e);
        }
    }

    @Override
    public Optional<String> invalid(TaskInputs task) {
        try {
            return delegate.invalid(task);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return Optional.of("verifier " + kind() + " failed: " + e);
        }
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        try {
            return delegate.verify(task, answer);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return new Verdict.Failed("verifier " + kind() + " failed: " + e, 0);
        }
    }

    @Override
    public Optional<Verdict> verifyInline(TaskInputs task, String answer) {
        try {
            return delegate.verifyInline(task, answer);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return Optional.of(new Verdict.Failed("verifier " + kind() + " failed: " + e, 0));
        }
    }
}
