package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.SampledResponse;

/** A request with its response. */
public record FinishedSample(SampleRequest request, SampledResponse response) {}
