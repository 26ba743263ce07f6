package dev.tracerl.ops.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * What became of a letter that was to be replayed.
 *
 * @param number number of the letter
 * @param done whether it was written
 * @param topic topic that it came from
 * @param partition partition that it was written to, or was to be
 * @param offset where it is now; none if it was not written
 * @param reason why it was not written; empty if it was
 */
public record Replayed(
        long number,
        boolean done,
        String topic,
        int partition,
        @Nullable Long offset,
        String reason) {}
