package dev.tracerl.model.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Tokenizers with one token for each character, for tasks over a small alphabet. The characters have the ids 0, 1, ... in
 * the order of the alphabet, followed by {@code <|endoftext|>}, {@code <|pad|>} and {@code <|mask|>}.
 */
public final class ToyTokenizer {
    /** Special tokens in the order of their ids, which follow those of the characters. */
    private static final String[] SPECIAL = {"<|endoftext|>", "<|pad|>", "<|mask|>"};

    private static final ObjectMapper JSON = new ObjectMapper();

    private ToyTokenizer() {}

    /** Number of tokens with the given alphabet. */
    public static int vocabSize(String alphabet) {
        return alphabet.length() + SPECIAL.length;
    }

    /** Id of {@code <|endoftext|>}. */
    public static int endOfText(String alphabet) {
        return alphabet.length();
    }

    /** Id of {@code <|pad|>}. */
    public static int pad(String alphabet) {
        return alphabet.length() + 1;
    }

    /** Id of {@code <|mask|>}. */
    public static int mask(String alphabet) {
        return alphabet.length() + 2;
    }

    /**
     * The {@code tokenizer.json} of an alphabet.
     *
     * @param alphabet different characters of the basic plane; others cannot be encoded
     */
    public static String characters(String alphabet) {
        if (alphabet.chars().distinct().count() != alphabet.length()
                || alphabet.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
            throw new IllegalArgumentException(
                    "alphabet must hold different characters of the basic plane: " + alphabet);
        }
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        addSpecial(root.putArray("added_tokens"), alphabet.length());
        root.putNull("normalizer");
        ObjectNode split = root.putObject("pre_tokenizer").put("type", "Split");
        split.putObject("pattern").put("Regex", "[\\s\\S]");
        split.put("behavior", "Isolated").put("invert", false);
        root.putNull("post_processor");
        root.putObject("decoder").put("type", "Fuse");
        ObjectNode model = root.putObject("model").put("type", "WordLevel");
        ObjectNode vocabulary = model.putObject("vocab");
        for (int i = 0; i < alphabet.length(); i++) {
            vocabulary.put(alphabet.substring(i, i + 1), i);
        }
        for (int i = 0; i < SPECIAL.length; i++) {
            vocabulary.put(SPECIAL[i], alphabet.length() + i);
        }
        model.put("unk_token", "<|unknown|>");
        return write(root);
    }

    private static void addSpecial(ArrayNode added, int first) {
        for (int i = 0; i < SPECIAL.length; i++) {
            ObjectNode token = added.addObject().put("id", first + i).put("content", SPECIAL[i]);
            token.put("single_word", false).put("lstrip", false).put("rstrip", false);
            token.put("normalized", false).put("special", true);
        }
    }

    private static String write(ObjectNode root) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
