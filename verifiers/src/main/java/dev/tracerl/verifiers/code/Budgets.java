package dev.tracerl.verifiers.code;

import dev.tracerl.verifiers.sandbox.Breach;
import dev.tracerl.verifiers.sandbox.Limits;
import java.time.Duration;

/** From a task's budget to the limits of sandboxes, and back from a breach to words. */
final class Budgets {

    /** A process that is always let run breaches another limit long before; see {@code docs/code-sandbox.md}. */
    private static final int CLOCK_FACTOR = 4;

    private static final Duration CLOCK_GRACE = Duration.ofSeconds(10);
    private static final long MIB = 1024 * 1024;

    private Budgets() {}

    /** The clock of a process that runs all tests. */
    static Limits ofAll(CodeTask.Budget budget) {
        return limits(budget, budget.total());
    }

    /** The clock of a process that runs one test. */
    static Limits ofOne(CodeTask.Budget budget) {
        return limits(budget, budget.perTest());
    }

    private static Limits limits(CodeTask.Budget budget, Duration clock) {
        return new Limits(
                budget.perTest(),
                budget.perTest(),
                budget.total(),
                budget.total(),
                clock.multipliedBy(CLOCK_FACTOR).plus(CLOCK_GRACE),
                budget.memoryMib() * MIB);
    }

    static String words(Breach breach, CodeTask.Budget budget) {
        return switch (breach) {
            case CPU -> "more than " + seconds(budget.perTest()) + " of processor time";
            case IDLE ->
                "slept for more than " + seconds(budget.perTest()) + ", or " + seconds(budget.total())
                        + " in all tests";
            case CLOCK -> "the clock ran out on a host that is too slow or too busy";
        };
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }
}
