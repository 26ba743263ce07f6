package dev.tracerl.trainer.out;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightChunks;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * The store KAFKA: all bytes are chunks on the log. They are cut one at a time; sending waits while the producer's buffer
 * is full.
 *
 * @param topic of the chunks
 * @param chunkBytes size of every chunk of a file but the last
 */
record ChunkStore(Transactions log, Topic<WeightChunk> topic, String runId, int chunkBytes) implements ByteStore {

    @Override
    public StoreKind kind() {
        return StoreKind.KAFKA;
    }

    @Override
    public int chunks(WeightBytes bytes) {
        return WeightChunks.count(bytes, chunkBytes);
    }

    @Override
    public void require(Place place) {}

    @Override
    public void prepare(long number, Map<String, WeightBytes> files) {}

    @Override
    public Place write(long number, Map<String, WeightBytes> files) {
        int count = files.values().stream().mapToInt(this::chunks).sum();
        String location = "";
        int index = 0;
        for (WeightBytes bytes : files.values()) {
            Iterator<WeightChunk> chunks =
                    WeightChunks.split(runId, number, bytes, chunkBytes).iterator();
            while (chunks.hasNext()) {
                Future<RecordMetadata> sent = send(number, chunks.next(), index, count);
                location = index == 0 ? Transactions.location(sent) : location;
                index++;
            }
        }
        return new Place(location, count);
    }

    private Future<RecordMetadata> send(long number, WeightChunk chunk, int index, int count) {
        chunk.setIndex(index);
        chunk.setCount(count);
        return log.sent(topic, Ids.chunk(number, index), chunk);
    }

    @Override
    public void delete(long number, Place place) {
        for (int index = 0; index < place.chunks(); index++) {
            log.delete(topic, Ids.chunk(number, index));
        }
    }

    @Override
    public void discard(Place place) {}
}
