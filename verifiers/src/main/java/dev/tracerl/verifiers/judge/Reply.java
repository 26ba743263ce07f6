package dev.tracerl.verifiers.judge;

/** What came of asking the judge. */
sealed interface Reply {

    /** It answered; what it says is not looked at yet. */
    record Text(String content) implements Reply {}

    /** It said more than it may. */
    record CutOff(String reason) implements Reply {}

    /** The time was up. */
    record TooLate(String reason) implements Reply {}

    /** It cannot be asked, or what it sent is no answer. */
    record None(String reason) implements Reply {}
}
