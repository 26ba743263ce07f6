package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.avro.WeightChunk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts the bytes of a version into the records of the weight-chunks topic. */
public final class WeightChunks {

    private WeightChunks() {}

    /**
     * The chunks of a version, in order. The buffers share the given array.
     *
     * @param chunkBytes size of every chunk but the last, at least 1
     */
    public static List<WeightChunk> split(String modelId, long version, byte[] bytes, int chunkBytes) {
        int count = Math.max(1, (bytes.length + chunkBytes - 1) / chunkBytes);
        List<WeightChunk> chunks = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            int from = index * chunkBytes;
            int length = Math.min(chunkBytes, bytes.length - from);
            chunks.add(WeightChunk.newBuilder()
                    .setModelId(modelId)
                    .setVersion(version)
                    .setIndex(index)
                    .setCount(count)
                    .setData(ByteBuffer.wrap(bytes, from, length).slice())
                    .build());
        }
        return chunks;
    }

    /** Location of a version in the chunk topic, for its manifest. */
    public static String location(int partition, long firstOffset) {
        return partition + ":" + firstOffset;
    }
}
