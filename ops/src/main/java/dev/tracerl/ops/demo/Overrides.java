package dev.tracerl.ops.demo;

import java.util.Optional;

/**
 * What the command line may change in a run file.
 *
 * @param seed seed of both runs and of the first weights
 * @param maxLag most versions that a group may be behind the trainer
 * @param steps most training steps of the TraceRL run
 * @param target held-out accuracy, from 0 to 1, at which the TraceRL run stops
 */
public record Overrides(Optional<Long> seed, Optional<Integer> maxLag, Optional<Long> steps, Optional<Double> target) {}
