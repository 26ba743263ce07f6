package dev.tracerl.reward.service;

/** What this process does for a run, in its role. */
interface Work extends AutoCloseable {

    /** Whether it goes on. */
    boolean isAlive();

    /** What it is doing, for people. */
    String state();

    @Override
    void close();
}
