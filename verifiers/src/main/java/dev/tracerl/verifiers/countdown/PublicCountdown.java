package dev.tracerl.verifiers.countdown;

import dev.tracerl.verifiers.TestSet;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public test tasks that work on diffusion language models reports: 256, each with three numbers up to 100. */
public final class PublicCountdown {

    private static final Pattern LINE = Pattern.compile("\\{\"input\": \"(\\d+(?:,\\d+)*)\", \"output\": \"(\\d+)\"}");

    private PublicCountdown() {}

    /** All tasks, in the order of the published file. */
    public static List<CountdownTask> tasks() {
        return TestSet.lines("countdown3_test.jsonl").stream()
                .map(PublicCountdown::parse)
                .toList();
    }

    private static CountdownTask parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalStateException("unexpected line " + line);
        }
        List<Integer> numbers =
                Arrays.stream(matcher.group(1).split(",")).map(Integer::valueOf).toList();
        return new CountdownTask(numbers, Integer.parseInt(matcher.group(2)));
    }
}
