package dev.tracerl.verifiers.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.verifiers.TaskInputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The tests of a task and what they allow. The input {@code tests} is a JSON object:
 *
 * <pre>
 *   {"kind": "function", "cases": ["assert f(1) == 2", ...]}
 *   {"kind": "function", "entryPoints": ["f"], "cases": ["def check(candidate): ..."]}
 *   {"kind": "stdio", "cases": [{"input": "1 2\n", "output": "3\n"}, ...]}
 * </pre>
 *
 * and optionally {@code setup} (source that runs before the cases of function tests), {@code timeLimitSeconds} (processor time
 * per test, 2), {@code totalTimeLimitSeconds} (20), {@code memoryMib} (512), {@code partialCredit} (true). The input
 * {@code prefix} stands before the answer, where the prompt holds the beginning of the code.
 *
 * @param entryPoints names that the code must define; empty if the cases show them
 * @param setup source that runs before the cases
 * @param assertions cases of function tests, else empty
 * @param exchanges cases of stdio tests, else empty
 */
record CodeTask(
        String prefix,
        List<String> entryPoints,
        String setup,
        List<String> assertions,
        List<Exchange> exchanges,
        Budget budget) {

    /** Input and expected output of a program. */
    record Exchange(String input, String output) {}

    /** @param partialCredit whether a part of the tests earns a part of the score */
    record Budget(Duration perTest, Duration total, int memoryMib, boolean partialCredit) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_SECONDS = 60;
    private static final int MIN_MEMORY_MIB = 64;
    private static final int MAX_MEMORY_MIB = 4096;

    /** @throws IllegalArgumentException if the task is malformed, saying how */
    static CodeTask of(TaskInputs task) {
        JsonNode tests = parse(task.input("tests").orElseThrow(() -> new IllegalArgumentException("no input 'tests'")));
        String kind = tests.path("kind").asText();
        boolean isFunction = kind.equals("function");
        if (!isFunction && !kind.equals("stdio")) {
            throw new IllegalArgumentException("tests.kind is '" + kind + "', must be function or stdio");
        }
        JsonNode cases = tests.path("cases");
        if (!cases.isArray() || cases.isEmpty()) {
            throw new IllegalArgumentException("tests.cases is not a list of at least one case");
        }
        List<String> entries = new ArrayList<>();
        tests.path("entryPoints").forEach(entry -> entries.add(identifier(entry.asText())));
        return new CodeTask(
                task.input("prefix").orElse(""),
                List.copyOf(entries),
                tests.path("setup").asText(""),
                isFunction ? assertions(cases) : List.of(),
                isFunction ? List.of() : exchanges(cases),
                budget(tests));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("input 'tests' is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String identifier(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z_0-9]*")) {
            throw new IllegalArgumentException("tests.entryPoints has '" + name + "', which is no name of Python");
        }
        return name;
    }

    private static List<String> assertions(JsonNode cases) {
        List<String> found = new ArrayList<>();
        for (JsonNode each : cases) {
            if (!each.isTextual()) {
                throw new IllegalArgumentException("a case of function tests is not a string: " + each);
            }
            found.add(each.asText());
        }
        return List.copyOf(found);
    }

    private static List<Exchange> exchanges(JsonNode cases) {
        List<Exchange> found = new ArrayList<>();
        for (JsonNode each : cases) {
            if (!each.path("input").isTextual() || !each.path("output").isTextual()) {
                throw new IllegalArgumentException("a case of stdio tests has no text 'input' and 'output': " + each);
            }
            found.add(
                    new Exchange(each.get("input").asText(), each.get("output").asText()));
        }
        return List.copyOf(found);
    }

    private static Budget budget(JsonNode tests) {
        Duration perTest = seconds(tests, "timeLimitSeconds", 2);
        Duration total = seconds(tests, "totalTimeLimitSeconds", 20);
        int memory = tests.path("memoryMib").asInt(512);
        if (memory < MIN_MEMORY_MIB || memory > MAX_MEMORY_MIB) {
            throw new IllegalArgumentException(
                    "tests.memoryMib is " + memory + ", must be from " + MIN_MEMORY_MIB + " to " + MAX_MEMORY_MIB);
        }
        if (perTest.compareTo(total) > 0) {
            throw new IllegalArgumentException("tests.timeLimitSeconds is above tests.totalTimeLimitSeconds");
        }
        return new Budget(perTest, total, memory, tests.path("partialCredit").asBoolean(true));
    }

    private static Duration seconds(JsonNode tests, String field, int absent) {
        double seconds = tests.path(field).asDouble(absent);
        if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw new IllegalArgumentException(
                    "tests." + field + " is " + seconds + ", must be above 0 and at most " + MAX_SECONDS);
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
