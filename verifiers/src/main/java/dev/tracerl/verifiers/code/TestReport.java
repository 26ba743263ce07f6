package dev.tracerl.verifiers.code;

import dev.tracerl.verifiers.Verdict;
import java.util.List;

/**
 * How the tests of one answer ended.
 *
 * <pre>
 *   Finished  every test has a result, all of them the code's own doing
 *   Untested  the tests are malformed
 *   Late      the clock ran out, which says nothing about the code
 * </pre>
 */
sealed interface TestReport {

    /** The verdict on the answer. */
    Verdict verdict();

    /** All tests have a result. */
    record Finished(List<TestResult> results, boolean partialCredit) implements TestReport {
        public Finished {
            results = List.copyOf(results);
        }

        @Override
        public Verdict verdict() {
            int passed = (int) results.stream().filter(TestResult::isPassed).count();
            if (passed == results.size()) {
                return new Verdict.Correct(results.size());
            }
            String reason = passed + " of " + results.size() + " tests passed; " + firstProblem();
            if (passed == 0 || !partialCredit) {
                return new Verdict.Incorrect(reason, results.size());
            }
            return new Verdict.Partial((double) passed / results.size(), reason, results.size());
        }

        private String firstProblem() {
            for (int test = 0; test < results.size(); test++) {
                TestResult result = results.get(test);
                if (!result.isPassed()) {
                    return "test " + test + " " + result.status() + ": " + result.reason();
                }
            }
            throw new IllegalStateException("all tests passed");
        }
    }

    /** The tests cannot be run, whatever the code is. */
    record Untested(String reason) implements TestReport {
        @Override
        public Verdict verdict() {
            return new Verdict.Unverifiable(reason, 0);
        }
    }

    /** The clock ran out. */
    record Late(int tests, String reason) implements TestReport {
        @Override
        public Verdict verdict() {
            return new Verdict.TimedOut(reason, tests);
        }
    }
}
