package dev.tracerl.ops.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.verifiers.TaskInputs;
import java.util.Set;

/**
 * One response to judge.
 *
 * @param fields all fields of the line, in their order
 * @param task what was asked
 * @param response what was answered
 */
record ResponseLine(ObjectNode fields, TaskInputs task, String response) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String ID = "id";
    private static final String RESPONSE = "response";
    private static final String PROMPT = "prompt";
    private static final Set<String> NO_INPUTS = Set.of(ID, RESPONSE, PROMPT);

    /**
     * Reads a line.
     *
     * @param kind kind of the task
     * @throws BadLineException if it is not an object with what the kind needs
     */
    static ResponseLine parse(String kind, String line) {
        ObjectNode fields = object(line);
        String response = required(fields, RESPONSE);
        String id = required(fields, ID);
        String prompt = fields.path(PROMPT).asText();
        return new ResponseLine(
                fields, new TaskInputs(id, kind, prompt, TaskFields.of(kind).inputs(fields)), response);
    }

    /** The text of a field; a number or a truth value counts as text. */
    static String required(ObjectNode fields, String name) {
        JsonNode value = fields.get(name);
        if (value == null || value.isNull()) {
            throw new BadLineException("field " + name + " is missing");
        }
        if (!value.isValueNode()) {
            throw new BadLineException("field " + name + " must be text");
        }
        return value.asText();
    }

    /** Whether a field is an input of the task. */
    static boolean isInput(String name) {
        return !NO_INPUTS.contains(name);
    }

    private static ObjectNode object(String line) {
        try {
            if (JSON.readTree(line) instanceof ObjectNode fields) {
                return fields;
            }
            throw new BadLineException("is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new BadLineException("is not JSON: " + e.getOriginalMessage());
        }
    }
}
