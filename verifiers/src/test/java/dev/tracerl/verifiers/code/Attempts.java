package dev.tracerl.verifiers.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Attempts to escape or to cheat, each with the verdict that it must get. */
final class Attempts {

    /** The right answer is the square of a number. */
    static final Map<String, String> TESTS = Map.of(
            "function",
            "{\"kind\": \"function\", \"timeLimitSeconds\": 0.5, \"memoryMib\": 256, \"cases\":"
                    + " [\"assert answer(3) == 9\", \"assert answer(4) == 16\"]}",
            "stdio",
            "{\"kind\": \"stdio\", \"timeLimitSeconds\": 0.5, \"memoryMib\": 256, \"totalTimeLimitSeconds\": 0.5,"
                    + " \"cases\": [{\"input\": \"3\", \"output\": \"9\"}, {\"input\": \"4\", \"output\": \"16\"}]}");

    /**
     * One attempt.
     *
     * @param tests kind of its tests
     * @param verdict class of its verdict
     * @param status of its first test
     */
    record Attempt(String what, String tests, String verdict, String status, String code) {
        @Override
        public String toString() {
            return what;
        }
    }

    private Attempts() {}

    static List<Attempt> all() {
        try (InputStream file = Attempts.class.getResourceAsStream("attempts.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^=== ", -1))
                    .filter(block -> !block.isBlank())
                    .map(Attempts::attempt)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table of the document. */
    static String table() {
        return all().stream()
                .map(each -> String.join(
                        " | ",
                        "| " + each.what(),
                        each.tests(),
                        each.status(),
                        each.verdict().toLowerCase(Locale.ROOT) + " |"))
                .collect(Collectors.joining(
                        "\n", "| what the code does | tests | first test | verdict |\n|---|---|---|---|\n", "\n"));
    }

    private static Attempt attempt(String block) {
        String[] headAndCode = block.split("\n", 2);
        String[] head = headAndCode[0].split(" \\| ", -1);
        return new Attempt(head[0], head[1], head[2], head[3], headAndCode[1]);
    }
}
