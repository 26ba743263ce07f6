package dev.tracerl.ops.demo;

/**
 * What a demo remembers from one call to the next, in {@code demo-TASK.json} of the data folder.
 *
 * @param attempt number of the demo in this data folder, from 1
 * @param settings what was asked for, so that a demo is not continued with other settings
 * @param seconds wall time so far
 * @param finished whether the summary was written
 */
record DemoState(int attempt, Settings settings, Seconds seconds, boolean finished) {

    /** Settings of a demo, after the run file and the command line. */
    record Settings(long seed, int maxLag, long steps, double target) {}

    /** Wall time in seconds, over all calls. */
    record Seconds(double startUp, double warmUp, double rl) {

        double total() {
            return startUp + warmUp + rl;
        }
    }

    DemoState withSeconds(Seconds spent) {
        return new DemoState(attempt, settings, spent, finished);
    }

    DemoState asFinished() {
        return new DemoState(attempt, settings, seconds, true);
    }
}
