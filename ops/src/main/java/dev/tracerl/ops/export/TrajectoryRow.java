package dev.tracerl.ops.export;

import static dev.tracerl.ops.export.Column.float64;
import static dev.tracerl.ops.export.Column.int32;
import static dev.tracerl.ops.export.Column.int64;
import static dev.tracerl.ops.export.Column.symbol;
import static dev.tracerl.ops.export.Column.text;
import static dev.tracerl.ops.export.Column.time;

import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trajectory with what became of it.
 *
 * @param segments its segments, the response last
 */
record TrajectoryRow(Trajectory trajectory, Facts facts, List<SegmentTokens> segments) {

    static final Table<TrajectoryRow> TABLE = new Table<>(
            ExportTable.TRAJECTORIES,
            Stream.of(identity(), content(), sampling(), judgment(), fate())
                    .flatMap(List::stream)
                    .toList());

    static TrajectoryRow of(Trajectory trajectory, Facts facts) {
        return new TrajectoryRow(trajectory, facts, SegmentTokens.of(trajectory, facts));
    }

    private static List<Column<TrajectoryRow>> identity() {
        return List.of(
                text("trajectory_id", row -> row.trajectory.getTrajectoryId()),
                text("group_id", row -> row.trajectory.getGroupId()),
                int64("sequence", row -> row.trajectory.getSequence()),
                int32("sample", row -> row.trajectory.getSample()),
                int32("samples", row -> row.trajectory.getSamples()),
                symbol("purpose", row -> row.trajectory.getPurpose()),
                text("evaluation_id", row -> row.trajectory.getEvaluationId()),
                text("task_id", row -> row.trajectory.getTaskId()),
                int32("epoch", row -> row.trajectory.getEpoch()),
                int32("attempt", row -> row.trajectory.getAttempt()));
    }

    private static List<Column<TrajectoryRow>> content() {
        return List.of(
                text("prompt", TrajectoryRow::prompt),
                text("response", row -> row.response().segment().getText()),
                int32("prompt_tokens", row -> row.response().start()),
                int32("response_tokens", row -> row.response().segment().getKeptTokens()),
                int32("generated_tokens", row -> row.response().ids().length),
                int32("blocks", TrajectoryRow::blocks),
                int32("steps", TrajectoryRow::steps),
                float64("steps_per_block", row -> row.blocks() == 0 ? null : (double) row.steps() / row.blocks()),
                float64("log_prob", TrajectoryRow::logProb));
    }

    private static List<Column<TrajectoryRow>> sampling() {
        return List.of(
                int64("oldest_version", row -> row.version(true)),
                int64("newest_version", row -> row.version(false)),
                int32("block_size", row -> row.trajectory.getSampler().getBlockSize()),
                symbol("unmasking", row -> row.trajectory.getSampler().getUnmasking()),
                float64("temperature", row -> row.trajectory.getSampler().getTemperature()),
                int32("forwards", row -> row.trajectory.getForwards()),
                symbol("stop_reason", row -> row.trajectory.getStopReason()),
                text("worker", row -> row.trajectory.getWorker()),
                int64("queued_millis", row -> row.trajectory.getQueuedMillis()),
                float64("sampling_millis", row -> row.trajectory.getSamplingMillis()),
                time("created_at", row -> row.trajectory.getCreatedAt()));
    }

    private static List<Column<TrajectoryRow>> judgment() {
        return List.of(
                text("verifier", row -> row.verdict(Verdict::getVerifier)),
                text("verifier_version", row -> row.verdict(Verdict::getVerifierVersion)),
                symbol("verdict", row -> row.verdict(Verdict::getOutcome)),
                float64("score", row -> row.verdict(Verdict::getScore)),
                text("verdict_reason", row -> row.verdict(Verdict::getReason)),
                int64("verdict_operations", row -> row.verdict(Verdict::getOperations)),
                int64("verdict_micros", row -> row.verdict(Verdict::getMicros)),
                time("judged_at", row -> row.verdict(Verdict::getAt)));
    }

    private static List<Column<TrajectoryRow>> fate() {
        return List.of(
                symbol("sample_status", row -> row.facts.sample().getStatus()),
                float64("reward", row -> row.facts.sample().getReward()),
                text("sample_reason", row -> row.facts.sample().getReason()),
                float64("advantage", TrajectoryRow::advantage),
                symbol("outcome", row -> row.facts.outcome().getOutcome()),
                text("outcome_reason", row -> row.facts.outcome().getReason()),
                int64("lag", row -> row.facts.outcome().getLag()),
                int64("train_step", row -> row.facts.outcome().getStep()),
                text("decided_by", row -> row.facts.outcome().getDecidedBy()),
                time("decided_at", row -> row.facts.outcome().getAt()));
    }

    private <V> @Nullable V verdict(Function<Verdict, @Nullable V> value) {
        return facts.verdict() == null ? null : value.apply(facts.verdict());
    }

    private @Nullable Double advantage() {
        return facts.trained() == null ? null : facts.trained().getAdvantage();
    }

    private SegmentTokens response() {
        return segments.get(segments.size() - 1);
    }

    private String prompt() {
        return segments.subList(0, segments.size() - 1).stream()
                .map(SegmentTokens::segment)
                .map(Segment::getText)
                .collect(Collectors.joining());
    }

    private IntStream keptTokens() {
        return IntStream.range(
                0, Math.min(response().ids().length, response().segment().getKeptTokens()));
    }

    /** Blocks that hold kept tokens of the response. */
    private int blocks() {
        return (int) keptTokens().mapToObj(response()::block).distinct().count();
    }

    /** Denoising steps that revealed kept tokens of the response. */
    private int steps() {
        return (int) keptTokens()
                .mapToObj(token ->
                        Arrays.asList(response().block(token), response().step(token)))
                .distinct()
                .count();
    }

    /** Of the kept tokens together, each at its own step. */
    private @Nullable Double logProb() {
        double sum = 0;
        for (int token : keptTokens().toArray()) {
            Float logProb = response().logProb(token);
            if (logProb == null) {
                return null;
            }
            sum += logProb;
        }
        return sum;
    }

    private @Nullable Long version(boolean oldest) {
        SegmentTokens.Generated generated = response().generated();
        if (generated == null || generated.versions().length == 0) {
            return null;
        }
        long[] sorted = generated.versions().clone();
        Arrays.sort(sorted);
        return oldest ? sorted[0] : sorted[sorted.length - 1];
    }
}
