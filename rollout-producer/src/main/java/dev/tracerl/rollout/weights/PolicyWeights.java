package dev.tracerl.rollout.weights;

import dev.tracerl.model.network.Parameters;

/** A verified version of the policy. */
public record PolicyWeights(long version, Parameters parameters) {}
