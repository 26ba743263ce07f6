package dev.tracerl.ops.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Judges the lines of a file one by one, so that it need not fit into memory. */
public final class FileJudge {

    private final Verifier verifier;

    /** A judge that asks a verifier. */
    public FileJudge(Verifier verifier) {
        this.verifier = verifier;
    }

    /**
     * What happened.
     *
     * @param outcomes number of lines by outcome
     * @param bad lines that could not be judged
     */
    public record Counts(Map<String, Long> outcomes, long bad) {}

    /**
     * Reads JSON lines and writes them in their order, each with outcome, score, reason and milliseconds, and
     * {@code steps} where those were scored. Blank lines are left out.
     *
     * @param problems takes the number and the reason of every line that cannot be judged
     */
    public Counts judge(BufferedReader in, Writer out, BiConsumer<Long, String> problems) throws IOException {
        Map<String, Long> outcomes = new TreeMap<>();
        long number = 0;
        long bad = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                ObjectNode judged = judge(ResponseLine.parse(verifier.kind(), line));
                outcomes.merge(judged.get("outcome").asText(), 1L, Long::sum);
                out.write(judged + "\n");
            } catch (BadLineException e) {
                bad++;
                problems.accept(number, String.valueOf(e.getMessage()));
            }
        }
        out.flush();
        return new Counts(outcomes, bad);
    }

    private ObjectNode judge(ResponseLine line) {
        long start = System.nanoTime();
        Verdict verdict = verifier.verify(line.task(), line.response());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        ObjectNode fields = line.fields();
        fields.put("outcome", name(verdict.outcome()));
        verdict.score().ifPresentOrElse(score -> fields.put("score", score), () -> fields.putNull("score"));
        fields.put("reason", verdict.reason()).put("millis", millis);
        if (!verdict.chunks().isEmpty()) {
            ArrayNode steps = fields.putArray("steps");
            verdict.chunks()
                    .forEach(step -> steps.addObject().put("end", step.end()).put("score", step.score()));
        }
        return fields;
    }

    private static String name(Verdict.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
