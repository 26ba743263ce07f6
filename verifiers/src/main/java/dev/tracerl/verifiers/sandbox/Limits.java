package dev.tracerl.verifiers.sandbox;

import java.time.Duration;

/**
 * What one sandbox may use.
 *
 * @param cpu processor time per test
 * @param idle time per test that it may sleep while it is waited for
 * @param totalIdle time of all tests that it may sleep while it is waited for
 * @param totalCpu processor time of the whole process, enforced by the kernel as well
 * @param clock time of the whole process on the clock, the last resort
 * @param memoryBytes address space
 */
public record Limits(
        Duration cpu, Duration idle, Duration totalIdle, Duration totalCpu, Duration clock, long memoryBytes) {}
