package dev.tracerl.rollout;

/** Told once or more of what ends a worker. Thread-safe. */
@FunctionalInterface
public interface Failures {

    void report(Throwable cause);
}
