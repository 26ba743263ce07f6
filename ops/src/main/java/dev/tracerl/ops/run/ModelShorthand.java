package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.text.ChatTemplate;
import dev.tracerl.model.text.ToyTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Short forms of a run file's {@code model}: the tokenizer {@code toy:0123456789} is a character tokenizer over that
 * alphabet, which also gives the configuration of any family its vocabulary size and special tokens; {@code
 * file:tokenizer.json}, or {@code file:config.json} as the configuration, is a file beside the run file.
 */
final class ModelShorthand {

    private static final String TOY = "toy:";
    private static final String FILE = "file:";

    private ModelShorthand() {}

    static void expand(ObjectNode run, Path file, String path, Problems problems) {
        if (!(run.get("model") instanceof ObjectNode model)) {
            return;
        }
        String at = Problems.at(path, "model");
        String tokenizer = model.path("tokenizer").asText("");
        if (tokenizer.startsWith(TOY)) {
            expandToy(model, tokenizer.substring(TOY.length()), at, problems);
        } else if (tokenizer.startsWith(FILE)) {
            read(model, "tokenizer", file.resolveSibling(tokenizer.substring(FILE.length())), at, problems);
        }
        String config = model.path("config").isTextual() ? model.path("config").asText() : "";
        if (config.startsWith(FILE)) {
            read(model, "config", file.resolveSibling(config.substring(FILE.length())), at, problems);
        }
        check(model, at, problems);
    }

    private static void expandToy(ObjectNode model, String alphabet, String at, Problems problems) {
        try {
            model.put("tokenizer", ToyTokenizer.characters(alphabet));
        } catch (IllegalArgumentException e) {
            problems.add(Problems.at(at, "tokenizer"), String.valueOf(e.getMessage()));
        }
        if (model.get("config") instanceof ObjectNode config) {
            putAbsent(config, "vocab_size", ToyTokenizer.vocabSize(alphabet));
            putAbsent(config, "eos_token_id", ToyTokenizer.endOfText(alphabet));
            putAbsent(config, "pad_token_id", ToyTokenizer.pad(alphabet));
            putAbsent(config, "mask_token_id", ToyTokenizer.mask(alphabet));
        }
    }

    private static void putAbsent(ObjectNode config, String key, int value) {
        if (!config.has(key)) {
            config.put(key, value);
        }
    }

    private static void read(ObjectNode model, String key, Path file, String at, Problems problems) {
        try {
            model.put(key, Files.readString(file));
        } catch (IOException e) {
            problems.add(Problems.at(at, key), file + " cannot be read");
        }
    }

    private static void check(ObjectNode model, String at, Problems problems) {
        JsonNode config = model.get("config");
        if (config != null) {
            try {
                ModelConfig.fromJson(config.isTextual() ? config.asText() : config.toString());
            } catch (IllegalArgumentException e) {
                problems.add(Problems.at(at, "config"), String.valueOf(e.getMessage()));
            }
        }
        try {
            ChatTemplate.byName(model.path("chatTemplate").asText("plain"));
        } catch (IllegalArgumentException e) {
            problems.add(Problems.at(at, "chatTemplate"), String.valueOf(e.getMessage()));
        }
    }
}
