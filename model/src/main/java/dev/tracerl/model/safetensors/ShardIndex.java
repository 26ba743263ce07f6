package dev.tracerl.model.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/** The index of a checkpoint in several files: which file holds which tensor. */
final class ShardIndex {
    static final String FILE = "model.safetensors.index.json";

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);

    private ShardIndex() {}

    /** File names by the tensors' names. */
    static Map<String, String> read(Path index) {
        JsonNode weights = tree(index).path("weight_map");
        if (!weights.isObject() || weights.isEmpty()) {
            throw new CheckpointException(index + ": weight_map is missing or empty");
        }
        Map<String, String> files = new TreeMap<>();
        for (Entry<String, JsonNode> field : weights.properties()) {
            String file = field.getValue().asText();
            if (!field.getValue().isTextual() || !file.matches("[\\w][\\w.-]*[.]safetensors")) {
                throw new CheckpointException(index + ": tensor " + field.getKey() + " is said to be in "
                        + field.getValue() + "; expected a .safetensors file in the same folder");
            }
            files.put(field.getKey(), file);
        }
        return files;
    }

    private static JsonNode tree(Path index) {
        try {
            return JSON.readTree(Files.readString(index));
        } catch (JsonProcessingException e) {
            throw new CheckpointException(index + ": it is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(index + " cannot be read", e);
        }
    }

    /** The text of an index, as Python's {@code json} writes it with sorted keys. */
    static String text(Map<String, String> files, long bytes) {
        StringBuilder text = new StringBuilder("{\n  \"metadata\": {\n    \"total_size\": ")
                .append(bytes)
                .append("\n  },\n  \"weight_map\": {\n");
        Iterator<Entry<String, String>> sorted = new TreeMap<>(files).entrySet().iterator();
        while (sorted.hasNext()) {
            Entry<String, String> next = sorted.next();
            text.append("    \"").append(next.getKey()).append("\": \"").append(next.getValue());
            text.append(sorted.hasNext() ? "\",\n" : "\"\n");
        }
        return text.append("  }\n}\n").toString();
    }
}
