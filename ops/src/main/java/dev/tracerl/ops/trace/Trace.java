package dev.tracerl.ops.trace;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Partition;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A trajectory as its kept tokens with the steps that revealed them.
 *
 * @param judgment what the verifier found, in words; empty if nothing is on the log
 */
public record Trace(
        String trajectoryId, String taskId, String prompt, String answer, String judgment, List<TraceToken> tokens) {

    public Trace {
        tokens = List.copyOf(tokens);
    }

    /** A trajectory with its verdict. */
    public static Trace of(Trajectory trajectory, Optional<Verdict> verdict, TokenNames names) {
        List<Segment> segments = trajectory.getSegments();
        Segment answer = segments.get(segments.size() - 1);
        int promptTokens = segments.subList(0, segments.size() - 1).stream()
                .mapToInt(Segment::getKeptTokens)
                .sum();
        return new Trace(
                trajectory.getTrajectoryId(),
                trajectory.getTaskId(),
                segments.get(0).getText(),
                answer.getText(),
                verdict.map(Trace::describe).orElse(""),
                tokens(trajectory, answer, promptTokens, names));
    }

    private static String describe(Verdict verdict) {
        String score = verdict.getScore() == null ? "" : ", score " + verdict.getScore();
        String reason = verdict.getReason() == null ? "" : ": " + verdict.getReason();
        return verdict.getOutcome().name().toLowerCase(Locale.ROOT) + score + reason;
    }

    private static List<TraceToken> tokens(Trajectory trajectory, Segment answer, int promptTokens, TokenNames names) {
        int[] ids = Packed.ints(answer.getTokens());
        int[] steps = Packed.ints(answer.getStepMap());
        int[] offsets = Packed.ints(answer.getOffsets());
        float[] logProbs = Packed.floats(answer.getLogProbs());
        long[] versions = Packed.longs(trajectory.getBlockVersions());
        int blockSize = trajectory.getSampler().getBlockSize();
        int kept = answer.getKeptTokens();
        int start = trajectory.getPartition() == Partition.RESPONSE ? 0 : promptTokens;
        List<TraceToken> tokens = new ArrayList<>();
        for (int i = 0; i < kept; i++) {
            int end = i + 1 < kept ? offsets[i + 1] : answer.getText().length();
            int block = (start + i) / blockSize - start / blockSize;
            String text = answer.getText().substring(offsets[i], Math.max(offsets[i], end));
            tokens.add(new TraceToken(
                    text,
                    text.isEmpty() ? names.name(ids[i]) : "",
                    steps[i],
                    logProbs.length > i ? Math.exp(logProbs[i]) : 1,
                    block,
                    versions.length > block ? versions[block] : -1));
        }
        return tokens;
    }

    /** Steps that revealed a kept token, ascending. */
    public int[] steps() {
        return tokens.stream().mapToInt(TraceToken::step).distinct().sorted().toArray();
    }
}
