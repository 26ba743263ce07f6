package dev.tracerl.rollout.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.model.text.ChatTemplate;
import dev.tracerl.rollout.completion.CompletionDoor;
import dev.tracerl.rollout.group.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a client asks. */
final class PromptFields {

    private static final String FORMS =
            "a string, an array of strings, an array of token ids, or an array of such arrays";

    private PromptFields() {}

    /** Name of the field that holds it. */
    static String name(Endpoint endpoint) {
        return switch (endpoint) {
            case COMPLETIONS -> "prompt";
            case CHAT -> "messages";
        };
    }

    static List<Prompt> read(Fields fields, Endpoint endpoint, CompletionDoor door) {
        String name = name(endpoint);
        JsonNode value = fields.value(name).orElseThrow(() -> fields.invalid(name, "is missing"));
        return switch (endpoint) {
            case COMPLETIONS -> prompts(fields, value, door);
            case CHAT -> List.of(door.conversation(name, turns(fields, value)));
        };
    }

    private static List<Prompt> prompts(Fields fields, JsonNode value, CompletionDoor door) {
        if (value.isTextual()) {
            return List.of(door.text("prompt", value.textValue()));
        }
        if (!(value instanceof ArrayNode array) || array.isEmpty()) {
            throw fields.wrong("prompt", value, FORMS);
        }
        if (array.get(0).isNumber()) {
            return List.of(door.tokens("prompt", tokens(fields, array)));
        }
        door.requirePrompts("prompt", array.size());
        return elements(array)
                .map(each -> each.isTextual()
                        ? door.text("prompt", each.textValue())
                        : door.tokens("prompt", tokens(fields, each)))
                .toList();
    }

    private static int[] tokens(Fields fields, JsonNode array) {
        if (!array.isArray()) {
            throw fields.wrong("prompt", array, FORMS);
        }
        return elements(array)
                .mapToInt(id -> {
                    if (id.isIntegralNumber() && id.canConvertToInt()) {
                        return id.intValue();
                    }
                    throw fields.wrong("prompt", id, "a token id");
                })
                .toArray();
    }

    private static List<ChatTemplate.Turn> turns(Fields fields, JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            throw fields.wrong("messages", value, "an array of at least one message");
        }
        List<ChatTemplate.Turn> turns = new ArrayList<>();
        for (JsonNode each : value) {
            if (!(each instanceof ObjectNode message)) {
                throw fields.wrong("messages", each, "an array of objects with role and content");
            }
            turns.add(turn(fields, Fields.of(message)));
        }
        return turns;
    }

    private static ChatTemplate.Turn turn(Fields fields, Fields message) {
        String role = message.text("role").orElse("");
        if (!ChatTemplate.ROLES.contains(role)) {
            throw fields.invalid(
                    "messages",
                    "has the role '" + role + "', must be one of "
                            + ChatTemplate.ROLES.stream().sorted().toList());
        }
        String text = message.value("content")
                .flatMap(PromptFields::content)
                .orElseThrow(() -> fields.invalid("messages", "has a message whose content is not text"));
        return new ChatTemplate.Turn(role, text);
    }

    /** Text, or parts that are all text. */
    private static Optional<String> content(JsonNode content) {
        if (content.isTextual()) {
            return Optional.of(content.textValue());
        }
        if (!content.isArray()
                || !elements(content).allMatch(part -> part.path("text").isTextual())) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        elements(content).forEach(part -> text.append(part.path("text").textValue()));
        return Optional.of(text.toString());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
