package dev.tracerl.verifiers.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what an OpenAI-compatible server sends. */
final class Completion {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 200;

    private Completion() {}

    /** The text of a chat completion. */
    static Reply reply(byte[] body) {
        Optional<JsonNode> read = json(body);
        if (read.isEmpty()) {
            return new Reply.None("the server's answer is not JSON");
        }
        JsonNode choice = read.get().path("choices").path(0);
        if (choice.path("finish_reason").asText().equals("length")) {
            return new Reply.CutOff("the judge's answer was cut off: raise input maxTokens");
        }
        JsonNode content = choice.path("message").path("content");
        return content.isTextual()
                ? new Reply.Text(content.asText())
                : new Reply.None("the server's answer has no choices[0].message.content");
    }

    /** What a server says about a request that it refuses, in one line; empty if it says nothing that can be read. */
    static String problem(byte[] body) {
        JsonNode error = json(body).map(node -> node.path("error")).orElse(JSON.nullNode());
        String message =
                (error.isTextual() ? error : error.path("message")).asText().replaceAll("\\s+", " ");
        String shown = message.length() > SHOWN ? message.substring(0, SHOWN) + "..." : message;
        return shown.isBlank() ? "" : ": " + shown;
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(new String(body, StandardCharsets.UTF_8)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
