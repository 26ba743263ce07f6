package dev.tracerl.ops.export;

import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** How far an export is; a manifest that changes. Not thread-safe. */
final class Progress {

    private final Manifest start;
    private final Map<String, Long> next;
    private final Map<String, SortedSet<Long>> waiting = new TreeMap<>();
    private final BitSet seen;
    private final List<Part> parts;
    private final List<Part.Range> open = new ArrayList<>();
    private long duplicates;
    private long unreadable;

    Progress(Manifest manifest) {
        start = manifest;
        next = new TreeMap<>(manifest.next());
        manifest.waiting().forEach((partition, offsets) -> waiting.put(partition, new TreeSet<>(offsets)));
        seen = BitSet.valueOf(Base64.getDecoder().decode(manifest.seen()));
        parts = new ArrayList<>(manifest.parts());
        duplicates = manifest.duplicates();
        unreadable = manifest.unreadable();
    }

    Manifest manifest() {
        return new Manifest(
                start.format(),
                start.runId(),
                start.createdAt(),
                start.tables(),
                next,
                waiting,
                Base64.getEncoder().encodeToString(seen.toByteArray()),
                duplicates,
                unreadable,
                List.copyOf(parts));
    }

    /** Offset that comes next; none if nothing of the partition was exported. */
    OptionalLong next(TopicPartition partition) {
        Long offset = next.get(partition.toString());
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** All records of a partition before an offset are dealt with, but for those that wait. */
    void reached(TopicPartition partition, long from, long to) {
        next.put(partition.toString(), to);
        cover(partition, from, to);
    }

    /** Offsets that wait, ascending. */
    List<Long> waiting(TopicPartition partition) {
        return List.copyOf(waiting.getOrDefault(partition.toString(), new TreeSet<>()));
    }

    long waiting() {
        return waiting.values().stream().mapToLong(offsets -> offsets.size()).sum();
    }

    void await(TopicPartition partition, long offset) {
        waiting.computeIfAbsent(partition.toString(), key -> new TreeSet<>()).add(offset);
    }

    /** A record that waited is dealt with. */
    void settled(TopicPartition partition, long offset) {
        SortedSet<Long> offsets = waiting.getOrDefault(partition.toString(), new TreeSet<>());
        offsets.remove(offset);
        if (offsets.isEmpty()) {
            waiting.remove(partition.toString());
        }
        cover(partition, offset, offset + 1);
    }

    private void cover(TopicPartition partition, long from, long to) {
        int last = open.size() - 1;
        if (last >= 0 && continues(open.get(last), partition, from)) {
            open.set(
                    last,
                    new Part.Range(
                            partition.topic(),
                            partition.partition(),
                            open.get(last).from(),
                            to));
        } else {
            open.add(new Part.Range(partition.topic(), partition.partition(), from, to));
        }
    }

    private static boolean continues(Part.Range range, TopicPartition partition, long from) {
        return range.topic().equals(partition.topic())
                && range.partition() == partition.partition()
                && range.to() == from;
    }

    /** Takes a sample by its number; false if it was taken before. */
    boolean take(long sample) {
        int bit = Math.toIntExact(sample);
        boolean first = !seen.get(bit);
        seen.set(bit);
        return first;
    }

    void duplicate() {
        duplicates++;
    }

    void unreadable() {
        unreadable++;
    }

    /** What was dealt with since the last call. */
    List<Part.Range> takeRanges() {
        List<Part.Range> ranges = List.copyOf(open);
        open.clear();
        return ranges;
    }

    void add(Part part) {
        parts.add(part);
    }

    /** Files of a table. */
    List<Part> parts(ExportTable table) {
        return parts.stream().filter(part -> part.table() == table).toList();
    }
}
