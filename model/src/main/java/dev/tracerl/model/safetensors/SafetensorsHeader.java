package dev.tracerl.model.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** The JSON header of a safetensors file: an entry for each tensor, in the file's order. */
final class SafetensorsHeader {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);
    private static final String METADATA = "__metadata__";

    private final String file;
    private final long dataLength;

    private SafetensorsHeader(String file, long dataLength) {
        this.file = file;
        this.dataLength = dataLength;
    }

    /**
     * Reads and checks a header.
     *
     * @param dataLength bytes after the header; the tensors must fill them exactly
     */
    static Map<String, TensorEntry> parse(String file, byte[] json, long dataLength) {
        SafetensorsHeader header = new SafetensorsHeader(file, dataLength);
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        for (Entry<String, JsonNode> field : header.tree(json).properties()) {
            if (!field.getKey().equals(METADATA)) {
                entries.put(field.getKey(), header.entry(field.getKey(), field.getValue()));
            }
        }
        header.requireFilled(entries);
        return entries;
    }

    /** The texts that the file carries about itself. */
    static Map<String, String> metadata(String file, byte[] json) {
        Map<String, String> texts = new LinkedHashMap<>();
        new SafetensorsHeader(file, 0)
                .tree(json)
                .path(METADATA)
                .properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
        return texts;
    }

    private JsonNode tree(byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (!root.isObject()) {
                throw new CheckpointException(file + ": the header is not a JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new CheckpointException(file + ": the header is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TensorEntry entry(String name, JsonNode node) {
        List<Long> shape = numbers(name, node.path("shape"));
        List<Long> offsets = numbers(name, node.path("data_offsets"));
        if (!node.path("dtype").isTextual() || offsets.size() != 2) {
            throw damaged(name, "lacks dtype, shape or data_offsets");
        }
        long begin = offsets.get(0);
        long end = offsets.get(1);
        if (end < begin || end > dataLength) {
            throw damaged(
                    name,
                    "lies at bytes " + begin + ".." + end + " but the file holds " + dataLength
                            + " bytes of data; it is cut off or damaged");
        }
        TensorEntry entry = new TensorEntry(node.get("dtype").asText(), shape, begin, end);
        ElementType.of(entry.type()).ifPresent(type -> requireSize(name, entry, type));
        return entry;
    }

    private List<Long> numbers(String name, JsonNode array) {
        List<Long> numbers = new ArrayList<>();
        if (!array.isArray()) {
            throw damaged(name, "lacks dtype, shape or data_offsets");
        }
        for (JsonNode number : array) {
            if (!number.canConvertToLong() || !number.isIntegralNumber() || number.asLong() < 0) {
                throw damaged(name, "has " + number + " where a size or an offset should be");
            }
            numbers.add(number.asLong());
        }
        return List.copyOf(numbers);
    }

    private void requireSize(String name, TensorEntry entry, ElementType type) {
        long bytes = entry.end() - entry.begin();
        try {
            long expected = Math.multiplyExact(entry.size(), type.bytes());
            if (bytes != expected) {
                throw damaged(name, "has " + bytes + " bytes; expected " + expected);
            }
        } catch (ArithmeticException e) {
            throw new CheckpointException(file + ": tensor " + name + " has shape " + entry.shape() + ", too large", e);
        }
    }

    /** The format leaves no byte unused and uses none twice. */
    private void requireFilled(Map<String, TensorEntry> entries) {
        List<Entry<String, TensorEntry>> ordered = new ArrayList<>(entries.entrySet());
        ordered.sort(Comparator.comparingLong(
                        (Entry<String, TensorEntry> e) -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        long filled = 0;
        for (Entry<String, TensorEntry> next : ordered) {
            long begin = next.getValue().begin();
            if (begin < filled) {
                throw damaged(
                        next.getKey(),
                        "begins at byte " + begin + " within the tensor before it, which ends at " + filled);
            }
            requireNoGap(filled, begin);
            filled = next.getValue().end();
        }
        requireNoGap(filled, dataLength);
    }

    private void requireNoGap(long filled, long begin) {
        if (begin > filled) {
            throw new CheckpointException(
                    file + ": bytes " + filled + ".." + begin + " of the data belong to no tensor; it is damaged");
        }
    }

    private CheckpointException damaged(String name, String problem) {
        return new CheckpointException(file + ": tensor " + name + " " + problem);
    }
}
