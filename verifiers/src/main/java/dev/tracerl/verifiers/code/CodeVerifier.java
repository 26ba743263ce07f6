package dev.tracerl.verifiers.code;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.sandbox.SandboxPool;
import dev.tracerl.verifiers.sandbox.SandboxUnavailableException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges Python programs by tests, which {@link CodeTask} describes. Running out of time or memory, ending the process and
 * whatever else the code does is a wrong answer; only a host that cannot judge is none.
 */
public final class CodeVerifier implements Verifier {

    /** Sandboxes that wait while one answer is judged. */
    private static final int WARM = 2;

    private @Nullable SandboxPool pool;

    @Override
    public String kind() {
        return "code";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public boolean isInline() {
        return false;
    }

    @Override
    public Optional<String> unavailable() {
        try {
            pool();
            return Optional.empty();
        } catch (SandboxUnavailableException e) {
            return Optional.of("tasks of kind code need a sandbox: " + e.getMessage());
        }
    }

    @Override
    public Optional<String> invalid(TaskInputs task) {
        try {
            CodeTask.of(task);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        Optional<String> malformed = invalid(task);
        if (malformed.isPresent()) {
            return new Verdict.Unverifiable(malformed.get(), 0);
        }
        try {
            return report(CodeTask.of(task), answer).verdict();
        } catch (SandboxUnavailableException | IOException e) {
            return new Verdict.Failed("the sandbox failed: " + e.getMessage(), 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verdict.Failed("interrupted", 0);
        }
    }

    /** The results of all tests. */
    TestReport report(CodeTask task, String answer) throws IOException, InterruptedException {
        String code = Answers.code(task.prefix(), task.entryPoints(), answer);
        return task.exchanges().isEmpty()
                ? new FunctionTests(pool()).run(task, code)
                : new StdioTests(pool()).run(task, code);
    }

    private synchronized SandboxPool pool() {
        if (pool == null) {
            pool = SandboxPool.open(WARM);
        }
        return pool;
    }
}
