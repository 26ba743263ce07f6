package dev.tracerl.rollout.completion;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not answered, in the words of OpenAI's errors.
 *
 * @param status of HTTP
 * @param code stable, for programs
 * @param param field of the request that is wrong; absent if none is
 * @param message what is wrong and what to do, for people
 */
public record Problem(
        int status, String type, String code, @Nullable String param, String message) implements Serializable {

    /** A field holds what cannot be used. */
    public static Problem invalid(String param, String message) {
        return new Problem(400, "invalid_request_error", "invalid_value", param, message);
    }

    /** Prompt and completion are longer than the model. */
    public static Problem tooLong(String param, String message) {
        return new Problem(400, "invalid_request_error", "context_length_exceeded", param, message);
    }

    /** There is no such model, or no such version of it. */
    public static Problem unknownModel(String message) {
        return new Problem(404, "invalid_request_error", "model_not_found", "model", message);
    }

    /** Too much is in progress. */
    public static Problem busy(String message) {
        return new Problem(429, "rate_limit_error", "queue_full", null, message);
    }

    /** Sampling failed. */
    public static Problem failed(String message) {
        return new Problem(500, "server_error", "sampling_failed", null, message);
    }

    /** The worker cannot sample now. */
    public static Problem unavailable(String code, String message) {
        return new Problem(503, "service_unavailable", code, null, message);
    }
}
