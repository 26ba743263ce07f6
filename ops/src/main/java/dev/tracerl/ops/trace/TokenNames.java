package dev.tracerl.ops.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;

/** What tokens are called that have no characters of their own: special tokens, and parts of a character. */
public final class TokenNames {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Integer, String> special;

    private TokenNames(Map<Integer, String> special) {
        this.special = special;
    }

    /**
     * The names in the text of a {@code tokenizer.json}.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    public static TokenNames of(String tokenizer) {
        try {
            Map<Integer, String> special = new HashMap<>();
            for (JsonNode token : JSON.readTree(tokenizer).path("added_tokens")) {
                special.put(token.path("id").asInt(), token.path("content").asText());
            }
            return new TokenNames(special);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the run's tokenizer is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The name of a token; its number if the tokenizer has none. */
    String name(int id) {
        return special.getOrDefault(id, "<" + id + ">");
    }
}
