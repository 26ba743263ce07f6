package dev.tracerl.ops.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.verifiers.countdown.CountdownVerifier;
import dev.tracerl.verifiers.sudoku.SudokuVerifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the fields of a line to the inputs of a verifier. */
interface TaskFields {

    /**
     * The inputs.
     *
     * @throws BadLineException if a field is missing or malformed
     */
    Map<String, String> inputs(ObjectNode fields);

    /** How a kind of task is read; a kind without a rule gets all fields of the line. */
    static TaskFields of(String kind) {
        return switch (kind) {
            case "math", "exact", "choice" -> fields -> with(fields, "answer");
            case "code" -> fields -> with(fields, "tests");
            case SudokuVerifier.KIND -> TaskFields::sudoku;
            case CountdownVerifier.KIND -> TaskFields::countdown;
            default -> TaskFields::all;
        };
    }

    private static Map<String, String> with(ObjectNode fields, String name) {
        if (!fields.hasNonNull(name)) {
            throw new BadLineException("field " + name + " is missing");
        }
        return all(fields);
    }

    private static Map<String, String> sudoku(ObjectNode fields) {
        Matcher grid = Pattern.compile("(?<![0-9])[0-4]{16}(?![0-9])")
                .matcher(ResponseLine.required(fields, "prompt").replaceAll("[\\s.]+(?=[0-4])", ""));
        if (!grid.find()) {
            throw new BadLineException("field prompt has no grid of 16 digits from 0 to 4");
        }
        return Map.of(SudokuVerifier.GIVENS, grid.group());
    }

    /** The prompt is {@code 30,100,93=23}, or only the numbers if the answer is the target. */
    private static Map<String, String> countdown(ObjectNode fields) {
        Matcher prompt = Pattern.compile("\\[?(\\d+(?:,\\d+)*)]?(?:=(-?\\d+))?")
                .matcher(ResponseLine.required(fields, "prompt").replaceAll("\\s", ""));
        if (!prompt.matches()) {
            throw new BadLineException("field prompt must be numbers and a target, as in 30,100,93=23");
        }
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put(CountdownVerifier.NUMBERS, prompt.group(1));
        inputs.put(
                CountdownVerifier.TARGET,
                prompt.group(2) != null
                        ? prompt.group(2)
                        : ResponseLine.required(fields, "answer").strip());
        if (fields.hasNonNull(CountdownVerifier.USE)) {
            inputs.put(CountdownVerifier.USE, ResponseLine.required(fields, CountdownVerifier.USE));
        }
        return inputs;
    }

    private static Map<String, String> all(ObjectNode fields) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            JsonNode value = field.getValue();
            if (ResponseLine.isInput(field.getKey()) && !value.isNull()) {
                inputs.put(field.getKey(), value.isValueNode() ? value.asText() : value.toString());
            }
        }
        return inputs;
    }
}
