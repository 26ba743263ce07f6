package dev.tracerl.verifiers.code;

import dev.tracerl.verifiers.sandbox.Breach;
import dev.tracerl.verifiers.sandbox.Frame;
import dev.tracerl.verifiers.sandbox.Meter;
import dev.tracerl.verifiers.sandbox.Sandbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries calls from the tests to the code and plain values back, and collects results, which only the tests send.
 *
 * <pre>
 *   tests --call--> code --value--> tests --result of a test--> here
 * </pre>
 */
final class Relay {

    /** A sandbox and its meter, which runs while the side is waited for. */
    record Side(Sandbox sandbox, Meter meter) {

        /** Its answer to a message; empty if it ended instead. */
        Optional<Frame> ask(Frame question) {
            try {
                meter.resume();
                sandbox.send(question);
                return inTime();
            } catch (IOException e) {
                return Optional.empty();
            } finally {
                meter.pause();
            }
        }

        /** What arrives after a limit was breached, from a process that is not dead yet, does not count. */
        private Optional<Frame> inTime() throws IOException {
            Optional<Frame> frame = sandbox.read();
            return meter.breach().isPresent() ? Optional.empty() : frame;
        }

        Optional<Frame> read() {
            try {
                meter.resume();
                return inTime();
            } catch (IOException e) {
                return Optional.empty();
            } finally {
                meter.pause();
            }
        }
    }

    private static final char BEGIN = 'B';
    private static final char CALL = 'C';
    private static final char RESULT = 'T';
    private static final char ANSWER = 'R';
    private static final char UNTESTABLE = 'U';

    private final CodeTask.Budget budget;
    private final Side tests;
    private final @Nullable TestResult[] results;
    private int current;

    /** @param count how many tests there are */
    Relay(CodeTask.Budget budget, Side tests, int count) {
        this.budget = budget;
        this.tests = tests;
        this.results = new TestResult[count];
    }

    /** Runs the tests on the code, which is being loaded. */
    TestReport play(Side code) throws InterruptedException {
        Optional<Frame> answer = code.read();
        while (answer.isPresent() && answer.get().kind() == ANSWER) {
            Optional<Frame> call = toNextCall(code, tests.ask(answer.get()));
            if (call.isPresent() && call.get().kind() == UNTESTABLE) {
                return new TestReport.Untested(call.get().text());
            }
            if (call.isEmpty() || call.get().kind() != CALL) {
                return finished(tests, "the tests ended before this one");
            }
            answer = code.ask(call.get());
        }
        String ended = answer.isPresent() ? "it wrote to the pipe of the tests" : "the process ended";
        return finished(code, ended);
    }

    /** Collects what the tests report up to their next call; empty or another kind of message at their end. */
    private Optional<Frame> toNextCall(Side code, Optional<Frame> first) {
        Optional<Frame> message = first;
        while (message.isPresent()) {
            Frame frame = message.get();
            if (frame.kind() == BEGIN) {
                current = Integer.parseInt(frame.text());
                code.meter().beginTest();
                tests.meter().beginTest();
            } else if (frame.kind() == RESULT) {
                record(frame.text());
            } else {
                return message;
            }
            message = tests.read();
        }
        return message;
    }

    private void record(String text) {
        String[] lines = text.split("\n", 3);
        TestResult.Status status = switch (lines[1]) {
            case "pass" -> TestResult.Status.PASSED;
            case "fail" -> TestResult.Status.FAILED;
            default -> TestResult.Status.ERROR;
        };
        results[Integer.parseInt(lines[0])] = new TestResult(status, lines[2]);
    }

    /** Gives every test a result, if a side ended before the last one. */
    private TestReport finished(Side ended, String reason) throws InterruptedException {
        Optional<Breach> breach = ended.meter().breach();
        if (breach.isPresent() && breach.get() == Breach.CLOCK) {
            return new TestReport.Late(current, Budgets.words(breach.get(), budget));
        }
        TestResult cause = breach.map(
                        limit -> new TestResult(TestResult.Status.TIMED_OUT, Budgets.words(limit, budget)))
                .orElseGet(() -> new TestResult(TestResult.Status.DIED, reason));
        List<TestResult> all = new ArrayList<>();
        for (int test = 0; test < results.length; test++) {
            TestResult result = results[test];
            if (result == null) {
                result = test == current
                        ? cause
                        : new TestResult(TestResult.Status.NOT_RUN, "test " + current + " ended the process");
            }
            all.add(result);
        }
        return new TestReport.Finished(all, budget.partialCredit());
    }
}
