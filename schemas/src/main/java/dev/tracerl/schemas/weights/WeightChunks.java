package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.avro.WeightChunk;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Cuts the bytes of a version into the records of the weight-chunks topic. */
public final class WeightChunks {

    private WeightChunks() {}

    /**
     * How many chunks the bytes make: at least one.
     *
     * @param chunkBytes size of every chunk but the last, at least 1
     */
    public static int count(WeightBytes bytes, int chunkBytes) {
        return Math.toIntExact(Math.max(1, (bytes.size() + chunkBytes - 1) / chunkBytes));
    }

    /** The chunks of a version, in order, each cut when it is asked for. */
    public static Stream<WeightChunk> split(String modelId, long version, WeightBytes bytes, int chunkBytes) {
        int count = count(bytes, chunkBytes);
        return IntStream.range(0, count)
                .mapToObj(index -> WeightChunk.newBuilder()
                        .setModelId(modelId)
                        .setVersion(version)
                        .setIndex(index)
                        .setCount(count)
                        .setData(bytes.part((long) index * chunkBytes, chunkBytes))
                        .build());
    }

    /** Location of a version in the chunk topic, for its manifest. */
    public static String location(int partition, long firstOffset) {
        return partition + ":" + firstOffset;
    }
}
