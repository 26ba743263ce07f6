package dev.tracerl.rollout.group;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import org.jspecify.annotations.Nullable;

/**
 * A requested group, ready to be sampled.
 *
 * @param request as read; must not be written
 * @param settings the request's sampler
 * @param traceparent trace context to pass on, as read
 * @param receipt to be told of every trajectory that is on the log
 * @param client who waits for the responses, which then never reach the log; absent for groups that were requested there
 */
public record RolloutGroup(
        RolloutRequest request,
        Prompt prompt,
        SamplerSettings settings,
        byte @Nullable [] traceparent,
        GroupReceipt receipt,
        @Nullable Client client) {

    /** A group that was requested on the log. */
    public RolloutGroup(
            RolloutRequest request,
            Prompt prompt,
            SamplerSettings settings,
            byte @Nullable [] traceparent,
            GroupReceipt receipt) {
        this(request, prompt, settings, traceparent, receipt, null);
    }

    public String id() {
        return request.getGroupId();
    }

    public int samples() {
        return request.getSamples();
    }

    public boolean evaluation() {
        return request.getPurpose() == Purpose.EVALUATION;
    }

    /** Whether a client waits for the responses. */
    public boolean completion() {
        return client != null;
    }
}
