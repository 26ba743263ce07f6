package dev.tracerl.rollout.sample;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.rollout.group.Client;
import dev.tracerl.rollout.group.Receipt;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what it was told. */
final class FakeClient implements Client, Receipt {

    final List<SampledResponse> progress = new ArrayList<>();
    final List<SampledResponse> responses = new ArrayList<>();
    Optional<PolicyWeights> pinned = Optional.empty();
    boolean gone;
    String failure = "";

    @Override
    public Optional<PolicyWeights> pinned() {
        return pinned;
    }

    @Override
    public boolean wants(int sample) {
        return !gone;
    }

    @Override
    public boolean follows() {
        return true;
    }

    @Override
    public void progressed(int sample, SampledResponse soFar) {
        progress.add(soFar);
    }

    @Override
    public void finished(int sample, SampledResponse response) {
        responses.add(response);
    }

    @Override
    public void failed(String reason) {
        failure = reason;
    }

    @Override
    public void done() {
        throw new AssertionError("nothing of a client is on the log");
    }

    @Override
    public void refuse(String reason) {
        failed(reason);
    }

    @Override
    public boolean revoked() {
        return gone;
    }
}
