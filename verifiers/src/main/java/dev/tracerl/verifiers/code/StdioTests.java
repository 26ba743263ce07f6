package dev.tracerl.verifiers.code;

import dev.tracerl.verifiers.sandbox.Breach;
import dev.tracerl.verifiers.sandbox.Frame;
import dev.tracerl.verifiers.sandbox.Meter;
import dev.tracerl.verifiers.sandbox.Sandbox;
import dev.tracerl.verifiers.sandbox.SandboxPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the code as a program, in a sandbox of its own for every test, and compares what it writes, here. */
record StdioTests(SandboxPool pool) {

    private static final int MAX_OUTPUT_BYTES = 4 * 1024 * 1024;

    TestReport run(CodeTask task, String code) throws IOException, InterruptedException {
        List<TestResult> results = new ArrayList<>();
        Duration used = Duration.ZERO;
        for (CodeTask.Exchange exchange : task.exchanges()) {
            if (used.compareTo(task.budget().total()) >= 0) {
                results.add(new TestResult(TestResult.Status.NOT_RUN, "the time of all tests is used up"));
                continue;
            }
            try (Sandbox sandbox = pool.take()) {
                Meter meter = sandbox.begin(
                        Budgets.ofOne(task.budget()), Sources.STDIO.text(), List.of(code, exchange.input()));
                TestResult result = result(sandbox, exchange);
                Optional<Breach> breach = meter.breach();
                if (breach.isPresent() && breach.get() == Breach.CLOCK) {
                    return new TestReport.Late(results.size(), Budgets.words(Breach.CLOCK, task.budget()));
                }
                used = used.plus(meter.used());
                results.add(breach.map(limit ->
                                new TestResult(TestResult.Status.TIMED_OUT, Budgets.words(limit, task.budget())))
                        .orElse(result));
            }
        }
        return new TestReport.Finished(results, task.budget().partialCredit());
    }

    private static TestResult result(Sandbox sandbox, CodeTask.Exchange exchange)
            throws IOException, InterruptedException {
        Optional<Frame> started = sandbox.read();
        if (started.isEmpty()) {
            return new TestResult(TestResult.Status.DIED, "the process ended before the code began");
        }
        byte[] output = sandbox.stream().readNBytes(MAX_OUTPUT_BYTES + 1);
        if (output.length > MAX_OUTPUT_BYTES) {
            return new TestResult(TestResult.Status.TOO_MUCH_OUTPUT, "more than " + MAX_OUTPUT_BYTES + " bytes");
        }
        int status = sandbox.exitStatus();
        if (status != 0) {
            return new TestResult(TestResult.Status.DIED, "exit status " + status);
        }
        boolean same = words(new String(output, StandardCharsets.UTF_8)).equals(words(exchange.output()));
        return same ? TestResult.passed() : new TestResult(TestResult.Status.FAILED, "the output is another one");
    }

    /** White space only separates. */
    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }
}
