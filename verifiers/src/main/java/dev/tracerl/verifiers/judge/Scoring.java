package dev.tracerl.verifiers.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.verifiers.ChunkScore;
import dev.tracerl.verifiers.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * From what the judge says to a verdict. Nothing is guessed: whatever is not exactly the object that was asked for is a
 * failure.
 *
 * @param ends ends of the steps that were asked about
 * @param operations operations of the verdict
 */
record Scoring(JudgeTask task, List<Integer> ends, long operations) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String SCORE = "score";
    private static final String SCORES = "scores";
    private static final String REASON = "reason";
    private static final int SHOWN = 200;

    /** An answer of the judge that is not what was asked for. */
    private static final class UnexpectedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnexpectedException(String reason) {
            super(reason, null, false, false); // expected: no stack trace
        }
    }

    Verdict verdict(String content) {
        try {
            ObjectNode object = object(content);
            String reason = "judge: " + shown(object.path(REASON).asText("gives no reason"));
            if (!task.scores().ofSteps()) {
                return whole(share(object.path(SCORE)), reason);
            }
            List<Double> shares = shares(object.path(SCORES));
            List<ChunkScore> chunks = new ArrayList<>();
            for (int step = 0; step < ends.size(); step++) {
                chunks.add(new ChunkScore(ends.get(step), shares.get(step)));
            }
            return new Verdict.InChunks(whole(of(shares), reason), chunks);
        } catch (UnexpectedException e) {
            return new Verdict.Failed("the judge did not answer as asked: " + e.getMessage(), operations);
        }
    }

    private ObjectNode object(String content) {
        JsonNode read;
        try {
            read = JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw new UnexpectedException("is not one JSON value: " + shown(content));
        }
        if (!(read instanceof ObjectNode object)) {
            throw new UnexpectedException("is not a JSON object: " + shown(content));
        }
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        String wanted = task.scores().ofSteps() ? SCORES : SCORE;
        if (!names.remove(wanted)) {
            throw new UnexpectedException("has no field " + wanted + ": " + shown(content));
        }
        names.remove(REASON);
        if (!names.isEmpty()) {
            throw new UnexpectedException("has further fields " + shown(names.toString()));
        }
        return object;
    }

    private List<Double> shares(JsonNode scores) {
        if (!scores.isArray() || scores.size() != ends.size()) {
            throw new UnexpectedException(
                    "scores is not a list of " + ends.size() + " numbers: " + shown(scores.toString()));
        }
        List<Double> shares = new ArrayList<>();
        scores.forEach(score -> shares.add(share(score)));
        return shares;
    }

    /** A score as a share of the highest one. */
    private double share(JsonNode score) {
        double value = score.isNumber() ? score.doubleValue() : Double.NaN;
        if (!(value >= 0 && value <= task.scale())) {
            throw new UnexpectedException(
                    "a score is not a number from 0 to " + text(task.scale()) + ": " + shown(score.toString()));
        }
        return value / task.scale();
    }

    private double of(List<Double> shares) {
        return switch (task.scores().whole()) {
            case MEAN -> shares.stream().mapToDouble(share -> share).average().orElseThrow();
            case MIN -> shares.stream().mapToDouble(share -> share).min().orElseThrow();
            case LAST -> shares.get(shares.size() - 1);
        };
    }

    private Verdict whole(double share, String reason) {
        if (share == 1) {
            return new Verdict.Correct(operations);
        }
        return share == 0
                ? new Verdict.Incorrect(reason, operations)
                : new Verdict.Partial(Math.min(share, 1), reason, operations);
    }

    /** A number without a decimal point that says nothing. */
    static String text(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }
}
