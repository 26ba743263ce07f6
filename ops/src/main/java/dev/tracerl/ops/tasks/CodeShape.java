package dev.tracerl.ops.tasks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Programming tasks: the published framework's, HumanEval's and MBPP's. */
final class CodeShape {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CodeShape() {}

    static TaskDraft draft(Fields fields) {
        if (fields.has("test_method")) {
            return framework(fields);
        }
        if (fields.has("entry_point")) {
            return humanEval(fields);
        }
        if (fields.has("test_list")) {
            return mbpp(fields);
        }
        throw new BadTaskException("has no field test_method, entry_point or test_list");
    }

    private static TaskDraft framework(Fields fields) {
        String method = fields.required("test_method");
        ObjectNode tests = switch (method) {
            case "function" -> function(fields.list("test_list"));
            case "stdio" -> stdio(fields.list("test_input"), fields.list("test_output"));
            default -> throw new BadTaskException("test_method is " + method + ", must be function or stdio");
        };
        if (fields.node().path("test_time_limit").isNumber()) {
            tests.set("timeLimitSeconds", fields.node().get("test_time_limit"));
        }
        Map<String, String> inputs = new HashMap<>();
        inputs.put("tests", tests.toString());
        fields.text("prefix").filter(prefix -> !prefix.isEmpty()).ifPresent(prefix -> inputs.put("prefix", prefix));
        return new TaskDraft(fields.required("question"), inputs, null);
    }

    /** The prompt is the beginning of the code. */
    private static TaskDraft humanEval(Fields fields) {
        String prompt = fields.required("prompt");
        ObjectNode tests = function(List.of(fields.required("test")));
        tests.putArray("entryPoints").add(fields.required("entry_point"));
        return new TaskDraft(
                prompt,
                Map.of("tests", tests.toString(), "prefix", prompt),
                fields.text("canonical_solution").orElse(null));
    }

    private static TaskDraft mbpp(Fields fields) {
        ObjectNode tests = function(fields.list("test_list"));
        StringBuilder setup = new StringBuilder(fields.text("test_setup_code").orElse(""));
        if (fields.node().path("test_imports").isArray()) {
            fields.node()
                    .get("test_imports")
                    .forEach(line -> setup.append(setup.isEmpty() ? "" : "\n").append(line.asText()));
        }
        if (!setup.isEmpty()) {
            tests.put("setup", setup.toString());
        }
        return new TaskDraft(
                fields.required("text", "prompt"),
                Map.of("tests", tests.toString()),
                fields.text("code").orElse(null));
    }

    private static ObjectNode function(List<String> cases) {
        ObjectNode tests = JSON.objectNode().put("kind", "function");
        ArrayNode list = tests.putArray("cases");
        cases.forEach(list::add);
        return tests;
    }

    private static ObjectNode stdio(List<String> inputs, List<String> outputs) {
        if (inputs.size() != outputs.size()) {
            throw new BadTaskException("test_input has " + inputs.size() + " entries, test_output " + outputs.size());
        }
        ObjectNode tests = JSON.objectNode().put("kind", "stdio");
        ArrayNode cases = tests.putArray("cases");
        for (int i = 0; i < inputs.size(); i++) {
            cases.addObject().put("input", inputs.get(i)).put("output", outputs.get(i));
        }
        return tests;
    }
}
