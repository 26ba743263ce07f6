package dev.tracerl.rollout.weights;

import dev.tracerl.schemas.avro.WeightManifest;

/** A version that must not be used, and why. */
public record RefusedWeights(WeightManifest manifest, String reason) {}
