package dev.tracerl.verifiers.code;

/**
 * What became of one test.
 *
 * @param reason why it did not pass, in words; empty if it did
 */
record TestResult(Status status, String reason) {

    /** How a test ends. */
    enum Status {
        /** As expected. */
        PASSED,
        /** The result is another one. */
        FAILED,
        /** An exception, or a result that cannot cross. */
        ERROR,
        /** The code used or slept away its time. */
        TIMED_OUT,
        /** The process ended before it answered. */
        DIED,
        /** It wrote more than it may. */
        TOO_MUCH_OUTPUT,
        /** An earlier test used up the budget of all, or ended the process. */
        NOT_RUN
    }

    static TestResult passed() {
        return new TestResult(Status.PASSED, "");
    }

    boolean isPassed() {
        return status == Status.PASSED;
    }
}
