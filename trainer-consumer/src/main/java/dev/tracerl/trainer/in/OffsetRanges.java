package dev.tracerl.trainer.in;

import dev.tracerl.schemas.avro.OffsetRange;
import java.util.ArrayList;
import java.util.List;

/** Offsets of a topic's only partition as ranges. */
final class OffsetRanges {

    private OffsetRanges() {}

    /** The fewest ranges that hold exactly these offsets, ascending. */
    static List<OffsetRange> of(String topic, List<Long> offsets) {
        List<OffsetRange> ranges = new ArrayList<>();
        for (long offset : offsets.stream().sorted().distinct().toList()) {
            OffsetRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && last.getTo() == offset) {
                last.setTo(offset + 1);
            } else {
                ranges.add(OffsetRange.newBuilder()
                        .setTopic(topic)
                        .setPartition(0)
                        .setFrom(offset)
                        .setTo(offset + 1)
                        .build());
            }
        }
        return ranges;
    }
}
