package dev.tracerl.ops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.deadletters.Letter;

/**
 * A dead letter as the commands show it.
 *
 * @param number its number, by which the commands name it
 * @param at when it was refused
 * @param stage service and step that refused it
 * @param reason why
 * @param topic topic it came from
 * @param partition partition there
 * @param offset offset there
 * @param key key of the record; empty without one
 * @param bytes size of its value
 */
record LetterRow(
        long number,
        String at,
        String stage,
        String reason,
        String topic,
        int partition,
        long offset,
        String key,
        int bytes) {

    static LetterRow of(Letter letter) {
        byte[] key = letter.key();
        byte[] value = letter.value();
        return new LetterRow(
                letter.number(),
                letter.letter().getAt().toString(),
                letter.letter().getStage(),
                letter.letter().getReason(),
                letter.letter().getTopic(),
                letter.letter().getPartition(),
                letter.letter().getOffset(),
                key == null ? "" : new String(key, UTF_8),
                value == null ? 0 : value.length);
    }

    /** Two lines. */
    String text() {
        return "%d  %s  %s  %s-%d@%d  key %s  %d bytes%n    %s"
                .formatted(number, at, stage, topic, partition, offset, key, bytes, reason);
    }
}
