package dev.tracerl.ops.export;

import static dev.tracerl.ops.export.Column.flag;
import static dev.tracerl.ops.export.Column.float32;
import static dev.tracerl.ops.export.Column.float64;
import static dev.tracerl.ops.export.Column.int32;
import static dev.tracerl.ops.export.Column.int64;
import static dev.tracerl.ops.export.Column.text;

import java.util.List;

/**
 * A token of a trajectory.
 *
 * @param tokens its segment
 * @param index its index there
 */
record TokenRow(SegmentTokens tokens, int index) {

    /** {@code step} to {@code advantage} are absent in given tokens, {@code advantage} also in what was not trained. */
    static final Table<TokenRow> TABLE = new Table<>(
            ExportTable.TOKENS,
            List.of(
                    text("trajectory_id", row -> row.tokens.trajectory().getTrajectoryId()),
                    int32("position", row -> row.tokens.start() + row.index),
                    text("role", row -> row.tokens.segment().getRole()),
                    flag("generated", row -> row.tokens.segment().getGenerated()),
                    flag("kept", row -> row.tokens.isKept(row.index)),
                    int32("token_id", row -> row.tokens.ids()[row.index]),
                    text("text", row -> row.tokens.text(row.index)),
                    int32("block", row -> row.tokens.block(row.index)),
                    int32("step", row -> row.tokens.step(row.index)),
                    float32("log_prob", row -> row.tokens.logProb(row.index)),
                    int64("policy_version", row -> row.tokens.version(row.index)),
                    float64("advantage", row -> row.tokens.advantage(row.index))));
}
