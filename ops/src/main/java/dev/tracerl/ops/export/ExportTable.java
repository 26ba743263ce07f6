package dev.tracerl.ops.export;

import java.util.Locale;

/** The tables of an export. */
public enum ExportTable {
    /** A row per trajectory, with its verdict and what became of its group. */
    TRAJECTORIES,
    /** A row per token of a trajectory. */
    TOKENS,
    /** A row per training step. */
    TRAIN_STEPS,
    /** A row per evaluation. */
    EVALUATIONS;

    /** Its name in paths and queries. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
