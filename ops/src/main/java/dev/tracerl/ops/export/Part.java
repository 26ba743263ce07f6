package dev.tracerl.ops.export;

import java.util.List;

/**
 * A file of a table.
 *
 * @param file its path from the export's folder, with slashes
 * @param rows its rows
 * @param bytes its size
 * @param offsets the records whose rows it holds, but for those that were still waiting
 */
record Part(ExportTable table, String file, long rows, long bytes, List<Range> offsets) {

    /**
     * Records of one partition.
     *
     * @param from first offset
     * @param to one past the last offset
     */
    record Range(String topic, int partition, long from, long to) {}

    Part {
        offsets = List.copyOf(offsets);
    }
}
