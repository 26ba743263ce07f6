package dev.tracerl.reward.topology;

import dev.tracerl.reward.port.Origin;
import dev.tracerl.schemas.Decoded;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Decodes what a source reads. What cannot be decoded is passed on as such, so that the stream goes on. */
final class Door<V extends SpecificRecord> implements Processor<byte[], byte[], byte[], Arrival<V>> {

    private final Deserializer<V> deserializer;
    private ProcessorContext<byte[], Arrival<V>> context;

    Door(Deserializer<V> deserializer) {
        this.deserializer = deserializer;
    }

    @Override
    public void init(ProcessorContext<byte[], Arrival<V>> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> found) {
        RecordMetadata from = context.recordMetadata().orElseThrow();
        Origin origin = new Origin(from.topic(), from.partition(), from.offset(), found.key(), found.value());
        Decoded<V> decoded = Decoded.of(deserializer, from.topic(), found.value());
        context.forward(found.withValue(new Arrival<>(decoded, origin)));
    }
}
