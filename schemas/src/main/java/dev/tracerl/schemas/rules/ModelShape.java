package dev.tracerl.schemas.rules;

/**
 * What a model's configuration says that a run has to go with.
 *
 * @param positions positions for prompt and response together
 * @param blocks whether it has block attention, otherwise full attention
 * @param shifted whether its scores are those of the next position
 */
public record ModelShape(int positions, boolean blocks, boolean shifted) {}
