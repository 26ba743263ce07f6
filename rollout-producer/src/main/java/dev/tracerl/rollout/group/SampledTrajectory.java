package dev.tracerl.rollout.group;

import dev.tracerl.core.decode.SampledResponse;

/**
 * One finished response of a group.
 *
 * @param sample index within the group, from 0
 * @param queuedMillis from the request to the start of sampling
 * @param samplingMillis this response's share of the sampler's time
 */
public record SampledTrajectory(
        RolloutGroup group, int sample, SampledResponse response, long queuedMillis, double samplingMillis) {}
