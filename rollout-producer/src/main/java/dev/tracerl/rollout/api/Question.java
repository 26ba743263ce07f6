package dev.tracerl.rollout.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.rollout.completion.CompletionDoor;
import dev.tracerl.rollout.completion.CompletionRequest;
import dev.tracerl.schemas.avro.SamplerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * A request as it was sent.
 *
 * @param model as the client wrote it
 * @param usage whether a stream ends with the numbers of tokens
 * @param trace whether everything that was recorded is wanted
 */
record Question(CompletionRequest request, String model, boolean usage, boolean trace) {

    /** JavaScript has no larger integers. */
    private static final long SEEDS = 1L << 53;

    private static final int MOST_STOPS = 64;

    /** Fields that would change the answer and cannot, with the values that change nothing. */
    private static final Map<String, Predicate<JsonNode>> UNSUPPORTED = Map.of(
            "echo", value -> value.isBoolean() && !value.booleanValue(),
            "suffix", value -> value.asText("x").isEmpty(),
            "best_of", value -> value.asInt() == 1,
            "logit_bias", JsonNode::isEmpty,
            "presence_penalty", value -> value.asDouble(1) == 0,
            "frequency_penalty", value -> value.asDouble(1) == 0,
            "tools", JsonNode::isEmpty,
            "functions", JsonNode::isEmpty,
            "response_format", value -> value.path("type").asText().equals("text"));

    /** @throws dev.tracerl.rollout.completion.RefusedException naming the field that is wrong */
    static Question parse(ObjectNode body, Endpoint endpoint, CompletionDoor door) {
        Fields fields = Fields.of(body);
        String model = fields.text("model").orElseThrow(() -> fields.invalid("model", "is missing"));
        ModelName name = ModelName.parse(model).require(door.run().getRunId());
        refuseUnsupported(fields);
        SamplerSpec sampler = SamplerFields.read(fields, door);
        int maxTokens = maxTokens(fields, endpoint, door, sampler.getMaxTokens());
        sampler.setMaxTokens(door.generated(maxTokens, sampler.getBlockSize()));
        CompletionRequest request = new CompletionRequest(
                PromptFields.name(endpoint),
                PromptFields.read(fields, endpoint, door),
                fields.integer("n", 1, door.mostSamples(), 1),
                sampler,
                fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE)
                        .orElseGet(() -> ThreadLocalRandom.current().nextLong(SEEDS)),
                name.version(),
                new CompletionRequest.Answer(
                        maxTokens, stops(fields), fields.flag("stream", false), logProbs(fields, endpoint)));
        return new Question(
                request,
                model,
                flag(fields, "stream_options", "include_usage"),
                flag(fields, SamplerFields.EXTENSION, SamplerFields.TRACE));
    }

    private static boolean flag(Fields fields, String object, String name) {
        return fields.object(object).map(found -> found.flag(name, false)).orElse(false);
    }

    private static void refuseUnsupported(Fields fields) {
        UNSUPPORTED.forEach((field, harmless) -> fields.value(field).ifPresent(value -> {
            if (!harmless.test(value)) {
                throw fields.invalid(field, "is not supported");
            }
        }));
    }

    private static int maxTokens(Fields fields, Endpoint endpoint, CompletionDoor door, int otherwise) {
        int positions = door.model().maxPositions();
        int limit = fields.integer("max_tokens", 1, positions, otherwise);
        return endpoint == Endpoint.CHAT ? fields.integer("max_completion_tokens", 1, positions, limit) : limit;
    }

    private static boolean logProbs(Fields fields, Endpoint endpoint) {
        return switch (endpoint) {
            case COMPLETIONS -> fields.integer("logprobs", 0, 5).isPresent();
            case CHAT -> fields.flag("logprobs", false);
        };
    }

    private static List<String> stops(Fields fields) {
        JsonNode value = fields.value("stop").orElse(null);
        if (value == null) {
            return List.of();
        }
        List<String> stops = new ArrayList<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (each.isNull()) {
                continue;
            }
            if (!each.isTextual() || each.textValue().isEmpty()) {
                throw fields.wrong("stop", each, "a string or an array of strings, none of them empty");
            }
            stops.add(each.textValue());
        }
        if (stops.size() > MOST_STOPS) {
            throw fields.invalid("stop", "has " + stops.size() + " strings, must have at most " + MOST_STOPS);
        }
        return stops;
    }
}
