package dev.tracerl.rollout.in;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.sampling.Samplers;
import dev.tracerl.rollout.group.GroupReceipt;
import dev.tracerl.rollout.group.Positions;
import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.rollout.group.Receipt;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.group.SamplerSpecs;
import dev.tracerl.schemas.avro.CacheRule;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks a decoded request and prepares it for the engine. Thread-safe if its tokenizer is. */
public final class RequestDoor {

    private final String runId;
    private final ModelConfig model;
    private final Function<String, Prompt> renderer;

    /**
     * @param renderer from a task's prompt to tokens; throws IllegalArgumentException for text it cannot represent
     */
    public RequestDoor(String runId, ModelConfig model, Function<String, Prompt> renderer) {
        this.runId = runId;
        this.model = model;
        this.renderer = renderer;
    }

    /**
     * The group that a request asks for.
     *
     * @param traceparent trace context of the request, as read
     * @throws IllegalArgumentException if it cannot be sampled; the message says why
     */
    RolloutGroup admit(RolloutRequest request, byte @Nullable [] traceparent, Receipt receipt) {
        require(request.getRunId().equals(runId), "the request belongs to run " + request.getRunId());
        require(request.getSamples() > 0, "samples is " + request.getSamples() + ", must be at least 1");
        require(request.getSequence() >= 0, "sequence is " + request.getSequence() + ", must be at least 0");
        require(
                request.getSampler().getCacheRule() == CacheRule.KEEP,
                "cacheRule " + request.getSampler().getCacheRule() + " is not supported; use KEEP");
        require(
                request.getPurpose() == Purpose.TRAINING || request.getPinnedVersion() != null,
                "an evaluation request needs a pinnedVersion");
        SamplerSettings settings = SamplerSpecs.settings(request.getSampler());
        Samplers.check(model, settings);
        Prompt prompt = renderer.apply(request.getTask().getPrompt());
        require(prompt.tokens().length > 0, "the prompt has no tokens");
        Positions.requireFit(model, prompt, settings);
        return new RolloutGroup(
                request, prompt, settings, traceparent, new GroupReceipt(request.getSamples(), receipt));
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }
}
