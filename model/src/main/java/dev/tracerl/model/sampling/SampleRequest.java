package dev.tracerl.model.sampling;

/**
 * One response to be sampled. Requests with the same group key and an equal prompt share its prefill.
 *
 * @param groupKey identity of the group; with {@code seed} and {@code sample} it determines the random numbers
 * @param sample index within the group
 * @param prompt {@code (P)} tokens; shared, must not be written
 * @param seed seed of the run
 */
public record SampleRequest(String groupKey, int sample, int[] prompt, long seed) {}
