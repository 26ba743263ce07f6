package dev.tracerl.rollout.sample;

import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.group.GroupReceipt;
import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.group.SampledTrajectory;
import dev.tracerl.rollout.group.SamplerSpecs;
import dev.tracerl.rollout.metrics.RolloutMetrics;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.SamplerSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An engine with everything around it played by a test, advanced pass by pass. */
final class Bench {

    static final EngineSettings.Completions COMPLETIONS = new EngineSettings.Completions(4, 0.5);
    static final EngineSettings SETTINGS = new EngineSettings(6, 2, 1, 60_000, false, COMPLETIONS);

    final WorkQueue queue = new WorkQueue(100);
    final FakeSource source = new FakeSource();
    final FakeBatches model = new FakeBatches();
    final FakeClock clock = new FakeClock();
    final FakeReceipt receipt = new FakeReceipt();
    final List<SampledTrajectory> sampled = new ArrayList<>();

    private long queued;

    void pass(int times) throws InterruptedException {
        pass(SETTINGS, times, () -> {});
    }

    void pass(EngineSettings settings, int times, Runnable between) throws InterruptedException {
        RolloutMetrics metrics = new RolloutMetrics(new SimpleMeterRegistry(), "toy");
        SamplingEngine engine =
                new SamplingEngine(settings, new EngineParts(queue, source, () -> model, sampled::add, metrics, clock));
        try (Batches batches = new Batches(model, settings.deterministic())) {
            for (int i = 0; i < times; i++) {
                engine.pass(batches);
                between.run();
            }
        }
    }

    static RolloutRequest.Builder training(long sequence) {
        return Specs.request("toy", Purpose.TRAINING, sequence, "1");
    }

    void enqueue(RolloutRequest request) {
        enqueue(request, 1);
    }

    void enqueue(RolloutRequest request, int promptTokens) {
        queue.add(new RolloutGroup(
                request,
                new Prompt("1", new int[promptTokens], new int[promptTokens]),
                SamplerSpecs.settings(request.getSampler()),
                null,
                new GroupReceipt(request.getSamples(), receipt)));
    }

    /** A client that asks for responses to a prompt. */
    FakeClient ask(int samples, int maxTokens) {
        FakeClient client = new FakeClient();
        ask(client, samples, Specs.sampler(maxTokens), null);
        return client;
    }

    void ask(FakeClient client, int samples, SamplerSpec sampler, @Nullable Long version) {
        RolloutRequest request = training(queued++)
                .setSamples(samples)
                .setSampler(sampler)
                .setPinnedVersion(version)
                .build();
        queue.add(new RolloutGroup(
                request,
                new Prompt("1", new int[1], new int[1]),
                SamplerSpecs.settings(sampler),
                null,
                new GroupReceipt(samples, client),
                client));
    }

    List<String> groups() {
        return sampled.stream().map(done -> done.group().id()).distinct().toList();
    }

    List<long[]> versions() {
        return sampled.stream().map(done -> done.response().blockVersions()).toList();
    }
}
