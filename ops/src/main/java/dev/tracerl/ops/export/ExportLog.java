package dev.tracerl.ops.export;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.client.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** A run's log as an export reads it. */
final class ExportLog implements AutoCloseable {

    private final AvroSerdes serdes;
    private final LogScan scan;

    ExportLog(Connection connection, AvroSerdes serdes) {
        this.serdes = serdes;
        this.scan = new LogScan(connection);
    }

    /** Everything that is on a topic now. */
    List<Span> all(String topic) {
        return scan.all(topic);
    }

    /**
     * What is on a topic now and was not exported yet.
     *
     * @throws ExportException if records are missing that come next
     */
    List<Span> news(String topic, Progress progress) {
        List<Span> spans = new ArrayList<>();
        for (Span all : all(topic)) {
            OptionalLong next = progress.next(all.partition());
            long from = next.orElse(all.from());
            if (from < all.from()) {
                throw new ExportException("records %d to %d of %s were deleted before they were exported"
                        .formatted(from, all.from() - 1, all.partition()));
            }
            if (from > all.to()) {
                throw new ExportException("%s ends at offset %d, the folder holds it up to %d: it is another log"
                        .formatted(all.partition(), all.to(), from));
            }
            spans.add(new Span(all.partition(), from, all.to()));
        }
        return spans;
    }

    /** Hands on the records of a span, in order. */
    void read(Span span, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        scan.read(span, handler);
    }

    /** Reads the values of a topic; none if one cannot be decoded. */
    <V extends SpecificRecord> Decoder<V> decoder(Topic<V> topic) {
        Deserializer<V> deserializer = serdes.deserializer(topic.valueType());
        return bytes -> Decoded.of(deserializer, topic.name(), bytes).value();
    }

    /** Reads values. */
    interface Decoder<V> {
        Optional<V> decode(byte @Nullable [] bytes);
    }

    @Override
    public void close() {
        scan.close();
    }
}
