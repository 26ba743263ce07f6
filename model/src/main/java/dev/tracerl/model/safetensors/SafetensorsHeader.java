package dev.tracerl.model.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.StreamSupport;

/** The JSON header of a safetensors file: an entry for each tensor, in the file's order. */
final class SafetensorsHeader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "__metadata__";

    private SafetensorsHeader() {}

    /** @param dataLength bytes after the header; no tensor may reach beyond them */
    static Map<String, TensorEntry> parse(String file, byte[] json, long dataLength) {
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        for (Entry<String, JsonNode> field : tree(file, json).properties()) {
            if (!field.getKey().equals(METADATA)) {
                entries.put(field.getKey(), entry(file, field.getKey(), field.getValue(), dataLength));
            }
        }
        return entries;
    }

    private static JsonNode tree(String file, byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new CheckpointException(file + ": the header is not JSON", e);
        }
    }

    private static TensorEntry entry(String file, String name, JsonNode node, long dataLength) {
        JsonNode offsets = node.path("data_offsets");
        if (!node.path("dtype").isTextual() || !node.path("shape").isArray() || offsets.size() != 2) {
            throw new CheckpointException(file + ": tensor " + name + " lacks dtype, shape or data_offsets");
        }
        List<Long> shape = StreamSupport.stream(node.get("shape").spliterator(), false)
                .map(JsonNode::asLong)
                .toList();
        long begin = offsets.get(0).asLong(-1);
        long end = offsets.get(1).asLong(-1);
        if (begin < 0 || end < begin || end > dataLength) {
            throw new CheckpointException(file + ": tensor " + name + " lies at bytes " + begin + ".." + end
                    + " but the file holds " + dataLength + " bytes of data; it is cut off or damaged");
        }
        return new TensorEntry(node.get("dtype").asText(), shape, begin, end);
    }
}
