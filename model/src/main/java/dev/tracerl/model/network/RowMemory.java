package dev.tracerl.model.network;

import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A float32 tensor outside the heap: direct little-endian buffers of whole rows, all but the last of the same size. One
 * is enough for what a buffer can hold, 2 GiB; a single row must fit into one.
 */
final class RowMemory {
    private final List<Long> shape;
    private final long rowBytes;
    private final long rowsEach;
    private final List<ByteBuffer> segments = new ArrayList<>();

    /** @param segmentBytes largest size of a buffer */
    RowMemory(List<Long> shape, int segmentBytes) {
        this.shape = List.copyOf(shape);
        this.rowBytes = shape.stream().skip(1).reduce((long) Float.BYTES, Math::multiplyExact);
        this.rowsEach = segmentBytes / rowBytes;
        if (rowsEach == 0) {
            throw new IllegalArgumentException("a row of shape " + shape + " has " + rowBytes + " bytes; at most "
                    + segmentBytes + " are supported");
        }
        for (long row = 0; row < shape.get(0); row += rowsEach) {
            long bytes = Math.min(rowsEach, shape.get(0) - row) * rowBytes;
            segments.add(ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** Rows {@code [from, from + count)} as buffers that share the memory. */
    List<ByteBuffer> rows(long from, long count) {
        List<ByteBuffer> parts = new ArrayList<>();
        long row = from;
        while (row < from + count) {
            long end = Math.min((row / rowsEach + 1) * rowsEach, from + count);
            ByteBuffer segment = segments.get((int) (row / rowsEach));
            int offset = (int) (row % rowsEach * rowBytes);
            parts.add(segment.slice(offset, (int) ((end - row) * rowBytes)).order(ByteOrder.LITTLE_ENDIAN));
            row = end;
        }
        return parts;
    }

    /** Overwrites all rows with a tensor's. */
    void copyFrom(Tensor tensor) {
        for (int i = 0; i < segments.size(); i++) {
            ByteBuffer target = segments.get(i).duplicate();
            if (segments.size() == 1) {
                tensor.copyTo(target);
            } else {
                long row = i * rowsEach;
                try (Tensor rows = tensor.rows(row, row + target.capacity() / rowBytes)) {
                    rows.copyTo(target);
                }
            }
        }
    }

    /** A tensor of the scope; on a CPU it shares the memory, unless that is in several buffers. */
    Tensor view(TensorScope scope) {
        List<Tensor> views = new ArrayList<>();
        for (ByteBuffer segment : segments) {
            long[] size = shape.stream().mapToLong(Long::longValue).toArray();
            size[0] = segment.capacity() / rowBytes;
            views.add(scope.view(segment, size));
        }
        return views.size() == 1
                ? views.get(0)
                : scope.run(Call.inference("join").with(views)).get(0);
    }
}
