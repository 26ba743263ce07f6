package dev.tracerl.verifiers.judge;

import dev.tracerl.verifiers.TaskInputs;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the judge is asked. Inputs: {@code model}; and optionally {@code answer} (a reference), {@code template} (with {@code
 * {response}}, and {@code {prompt}} and {@code {answer}} where wanted), {@code scores} ({@code whole} or {@code steps}),
 * {@code scale} (highest score, 1), {@code split} ({@code paragraphs} or {@code lines}), {@code whole} ({@code min}, {@code
 * mean} or {@code last} of the steps' scores; as a rule one wrong step makes a wrong response), {@code seed} (0), {@code maxTokens} of an answer (1024), {@code attempts} (4),
 * {@code timeLimitSeconds} (30), {@code maxCharacters} of a response (32000).
 *
 * @param prompt what the user asks
 * @param answer a right answer
 * @param scale score of a response that nothing is wrong with; the lowest is 0
 */
record JudgeTask(
        String prompt,
        Optional<String> answer,
        String template,
        Scores scores,
        double scale,
        Model model,
        Limits limits,
        int maxCharacters) {

    /** What is scored, and what a score of steps means for the whole. */
    record Scores(boolean ofSteps, Split split, Whole whole) {}

    /** How a response is taken apart. */
    enum Split {
        PARAGRAPHS,
        LINES
    }

    /** What the steps' scores say about the whole response. */
    enum Whole {
        MIN,
        MEAN,
        LAST
    }

    /** @param maxTokens longest answer of the judge */
    record Model(String name, int seed, int maxTokens) {}

    /**
     * The time is below what a topology waits for an answer unless told otherwise, 40 s: a third of a group's time.
     *
     * @param attempts most attempts where a server answers that it is busy or broken
     * @param time of all attempts and pauses together
     */
    record Limits(int attempts, Duration time) {}

    private static final String TEMPLATE = "Task:\n{prompt}\n\nResponse to judge:\n{response}";
    private static final String TEMPLATE_WITH_ANSWER =
            "Task:\n{prompt}\n\nReference answer:\n{answer}\n\nResponse to judge:\n{response}";
    private static final Pattern SLOT = Pattern.compile("\\{(prompt|answer|response)}");
    private static final int MAX_TEMPLATE = 20_000;

    /** @throws IllegalArgumentException if an input is missing or malformed, saying how */
    static JudgeTask of(TaskInputs task) {
        String model = task.input("model").orElse("").strip();
        if (model.isEmpty() || model.length() > 200) {
            throw new IllegalArgumentException("input model must name the judge's model, in at most 200 characters");
        }
        Scores scores = new Scores(
                one(task, "scores", "whole", "steps").equals("steps"),
                Split.valueOf(one(task, "split", "paragraphs", "lines").toUpperCase(Locale.ROOT)),
                Whole.valueOf(one(task, "whole", "min", "mean", "last").toUpperCase(Locale.ROOT)));
        return new JudgeTask(
                task.prompt(),
                task.input("answer"),
                template(task),
                scores,
                scale(task),
                new Model(
                        model,
                        number(task, "seed", 0, 0, Integer.MAX_VALUE),
                        number(task, "maxTokens", 1024, 16, 16_384)),
                new Limits(
                        number(task, "attempts", 4, 1, 10),
                        Duration.ofSeconds(number(task, "timeLimitSeconds", 30, 1, 600))),
                number(task, "maxCharacters", 32_000, 1, 1_000_000));
    }

    private static String template(TaskInputs task) {
        String template =
                task.input("template").orElse(task.input("answer").isPresent() ? TEMPLATE_WITH_ANSWER : TEMPLATE);
        if (template.length() > MAX_TEMPLATE) {
            throw new IllegalArgumentException("input template is longer than " + MAX_TEMPLATE + " characters");
        }
        List<String> slots =
                SLOT.matcher(template).results().map(slot -> slot.group(1)).toList();
        if (slots.stream().filter("response"::equals).count() != 1) {
            throw new IllegalArgumentException("input template must have {response} exactly once");
        }
        if (slots.contains("answer") && task.input("answer").isEmpty()) {
            throw new IllegalArgumentException("input template has {answer}, but input answer is missing");
        }
        return template;
    }

    /** The template with everything in its place; what is put in is not read as a template. */
    String filled(String response) {
        return SLOT.matcher(template)
                .replaceAll(slot -> Matcher.quoteReplacement(
                        switch (slot.group(1)) {
                            case "prompt" -> prompt;
                            case "answer" -> answer.orElse("");
                            default -> response;
                        }));
    }

    private static String one(TaskInputs task, String name, String... values) {
        String value = task.input(name).orElse(values[0]);
        if (!List.of(values).contains(value)) {
            throw new IllegalArgumentException(
                    "input " + name + " is '" + value + "', must be one of " + Arrays.toString(values));
        }
        return value;
    }

    private static double scale(TaskInputs task) {
        String text = task.input("scale").orElse("1");
        if (!text.matches("\\d{1,4}(?:\\.\\d{1,4})?") || Double.parseDouble(text) == 0) {
            throw new IllegalArgumentException("input scale is '" + text + "', must be a positive number below 10000");
        }
        return Double.parseDouble(text);
    }

    private static int number(TaskInputs task, String name, int absent, int min, int max) {
        String text = task.input(name).orElse(String.valueOf(absent));
        boolean isNumber = text.matches("\\d{1,10}");
        if (!isNumber || Long.parseLong(text) < min || Long.parseLong(text) > max) {
            throw new IllegalArgumentException(
                    "input " + name + " is '" + text + "', must be a whole number from " + min + " to " + max);
        }
        return Integer.parseInt(text);
    }
}
