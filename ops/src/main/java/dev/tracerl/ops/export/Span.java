package dev.tracerl.ops.export;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Consecutive records of a partition.
 *
 * @param from first offset
 * @param to one past the last offset
 */
record Span(TopicPartition partition, long from, long to) {

    private static final long NEAR = 1_000;

    long length() {
        return to - from;
    }

    static long length(List<Span> spans) {
        return spans.stream().mapToLong(Span::length).sum();
    }

    /**
     * Few spans that hold all of the offsets, with little between them.
     *
     * @param offsets ascending
     */
    static List<Span> around(TopicPartition partition, List<Long> offsets) {
        List<Span> spans = new ArrayList<>();
        for (long offset : offsets) {
            int last = spans.size() - 1;
            if (last >= 0 && offset - spans.get(last).to() < NEAR) {
                spans.set(last, new Span(partition, spans.get(last).from(), offset + 1));
            } else {
                spans.add(new Span(partition, offset, offset + 1));
            }
        }
        return spans;
    }
}
