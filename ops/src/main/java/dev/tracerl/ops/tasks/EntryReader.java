package dev.tracerl.ops.tasks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a JSON array, JSON lines, or comma-separated values with a heading. */
final class EntryReader {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private EntryReader() {}

    /** Takes the entries and the lines that are none. */
    interface Sink {
        /** An entry, by the number of the line on which it starts. */
        void entry(long line, JsonNode entry);

        /** A line that cannot be read. */
        void bad(long line, String reason);
    }

    static void read(Path file, Sink all) throws IOException {
        Sink sink = new WholeText(all);
        if (file.toString().endsWith(".csv")) {
            table(file, sink);
        } else if (firstCharacter(file) == '[') {
            array(file, sink);
        } else {
            lines(file, sink);
        }
    }

    /** Leaves out entries that are not what the file says: their bytes are no UTF-8. */
    private record WholeText(Sink sink) implements Sink {

        private static final String REPLACEMENT = "\uFFFD";

        @Override
        public void entry(long line, JsonNode entry) {
            if (entry.toString().contains(REPLACEMENT)) {
                sink.bad(line, "has bytes that are not UTF-8, or the character U+FFFD that stands for such");
            } else {
                sink.entry(line, entry);
            }
        }

        @Override
        public void bad(long line, String reason) {
            sink.bad(line, reason);
        }
    }

    /** Malformed bytes become replacement characters: they spoil their line, not the file. */
    private static BufferedReader open(Path file) throws IOException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        return new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder));
    }

    private static int firstCharacter(Path file) throws IOException {
        try (BufferedReader in = open(file)) {
            int c = in.read();
            while (c >= 0 && Character.isWhitespace(c)) {
                c = in.read();
            }
            return c;
        }
    }

    /** An array that is malformed somewhere cannot be read beyond that place. */
    private static void array(Path file, Sink sink) throws IOException {
        try (JsonParser parser = new ObjectMapper().createParser(open(file))) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                long line = parser.currentTokenLocation().getLineNr();
                sink.entry(line, parser.readValueAsTree());
            }
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            sink.bad(line, "is not JSON, nothing after it is read: " + e.getOriginalMessage());
        }
    }

    private static void lines(Path file, Sink sink) throws IOException {
        eachLine(file, new Consumer<>() {
            private long number;

            @Override
            public void accept(String line) {
                number++;
                if (line.isBlank()) {
                    return;
                }
                try {
                    sink.entry(number, JSON.readTree(line));
                } catch (JsonProcessingException e) {
                    sink.bad(number, "is not JSON: " + e.getOriginalMessage());
                }
            }
        });
    }

    /** Cells without quotes and commas, as grids are. */
    private static void table(Path file, Sink sink) throws IOException {
        eachLine(file, new Consumer<>() {
            private long number;
            private String[] heading = {};

            @Override
            public void accept(String line) {
                if (++number == 1) {
                    heading = line.split(",");
                    return;
                }
                String[] cells = line.split(",");
                if (!line.isBlank() && cells.length != heading.length) {
                    sink.bad(number, "has " + cells.length + " cells, the heading has " + heading.length);
                } else if (!line.isBlank()) {
                    sink.entry(number, object(heading, cells));
                }
            }
        });
    }

    private static ObjectNode object(String[] names, String[] cells) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.length; i++) {
            object.put(names[i].strip(), cells[i].strip());
        }
        return object;
    }

    private static void eachLine(Path file, Consumer<String> handler) throws IOException {
        try (BufferedReader in = open(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                handler.accept(line);
            }
        }
    }
}
