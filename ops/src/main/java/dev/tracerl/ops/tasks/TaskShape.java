package dev.tracerl.ops.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.verifiers.countdown.CountdownVerifier;
import dev.tracerl.verifiers.judge.JudgeVerifier;
import dev.tracerl.verifiers.sudoku.SudokuVerifier;
import dev.tracerl.verifiers.text.Boxes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the fields of a published file to a task. Which file it is shows in the names of the fields. */
interface TaskShape {

    /** The task; throws {@link BadTaskException} if a field is missing. */
    TaskDraft draft(Fields fields);

    /** The kinds that can be read. */
    static List<String> kinds() {
        return List.of("math", "code", "countdown", "sudoku", "choice", "exact", JudgeVerifier.KIND);
    }

    /** The shapes of a kind. */
    static TaskShape of(String kind) {
        return switch (kind) {
            case "math" -> TaskShape::math;
            case "code" -> CodeShape::draft;
            case CountdownVerifier.KIND -> TaskShape::countdown;
            case SudokuVerifier.KIND -> TaskShape::sudoku;
            case "choice", "exact" -> TaskShape::plain;
            case JudgeVerifier.KIND -> TaskShape::judge;
            default -> throw new IllegalArgumentException("kind is " + kind + ", must be one of " + kinds());
        };
    }

    /** The published framework's, GSM8K's (the answer after ####) and MATH's (the answer boxed in the solution). */
    private static TaskDraft math(Fields fields) {
        String prompt = fields.required("question", "problem", "prompt");
        Optional<String> given = fields.text("ground_truth_answer", "answer");
        Optional<String> solution = fields.text("solution");
        String answer = given.or(() -> solution.map(TaskShape::lastBox))
                .orElseThrow(() -> new BadTaskException("has no field ground_truth_answer, answer or solution"));
        int hashes = answer.lastIndexOf("####");
        String last = hashes < 0 ? answer : answer.substring(hashes + "####".length());
        String reference = solution.orElse(answer);
        return new TaskDraft(prompt, Map.of("answer", last.strip()), reference, difficulty(fields));
    }

    private static String lastBox(String solution) {
        List<String> boxes = Boxes.contents(solution);
        if (boxes.isEmpty()) {
            throw new BadTaskException("field solution has no boxed answer");
        }
        return boxes.get(boxes.size() - 1);
    }

    /** MATH's levels 1 to 5. */
    private static @Nullable Double difficulty(Fields fields) {
        return fields.text("level")
                .filter(level -> level.matches("(?:Level )?[1-5]"))
                .map(level -> (level.charAt(level.length() - 1) - '1') / 4.0)
                .orElse(null);
    }

    private static TaskDraft plain(Fields fields) {
        String answer = fields.required("answer", "ground_truth_answer");
        return new TaskDraft(fields.required("question", "prompt"), Map.of("answer", answer.strip()), answer);
    }

    /** Every field but the question is an input of the judge. */
    private static TaskDraft judge(Fields fields) {
        Map<String, String> inputs = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : fields.node().properties()) {
            String name = field.getKey();
            if (!List.of("id", "question", "prompt").contains(name)) {
                fields.text(name).ifPresent(value -> inputs.put(name, value));
            }
        }
        return new TaskDraft(fields.required("question", "prompt"), inputs, inputs.get("answer"));
    }

    private static TaskDraft sudoku(Fields fields) {
        String givens = fields.required("puzzle", "Puzzle", "quizzes").strip();
        return new TaskDraft(
                givens,
                Map.of(SudokuVerifier.GIVENS, givens),
                fields.text("solution", "Solution", "solutions").orElse(null));
    }

    private static TaskDraft countdown(Fields fields) {
        String numbers = numbers(fields);
        String target = fields.required("target", "output").strip();
        Map<String, String> inputs = new HashMap<>();
        inputs.put(CountdownVerifier.NUMBERS, numbers);
        inputs.put(CountdownVerifier.TARGET, target);
        fields.text(CountdownVerifier.USE).ifPresent(use -> inputs.put(CountdownVerifier.USE, use));
        return new TaskDraft(
                numbers + "=" + target, inputs, fields.text("solution").orElse(null));
    }

    private static String numbers(Fields fields) {
        for (String name : List.of("nums", "numbers")) {
            if (fields.node().path(name).isArray()) {
                return String.join(",", fields.list(name));
            }
        }
        return fields.required("input", "nums", "numbers").replaceAll("\\s", "");
    }
}
