package dev.tracerl.ops.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what the trainer tells of a replay while it writes: JSON objects, one per line. Not thread-safe. */
final class ReplayLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private long position;

    ReplayLines(Path file) {
        this.file = file;
    }

    /** The whole lines that came since the last call. */
    List<JsonNode> next() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(open.length() - position)];
            open.seek(position);
            open.readFully(bytes);
            return parsed(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> parsed(String text) throws JsonProcessingException {
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        position += whole.getBytes(StandardCharsets.UTF_8).length;
        List<JsonNode> lines = new ArrayList<>();
        for (String line : whole.lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
