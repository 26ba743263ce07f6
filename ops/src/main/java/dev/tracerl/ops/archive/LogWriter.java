package dev.tracerl.ops.archive;

import dev.tracerl.schemas.client.Connection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes bytes in order, without a transaction, so that offsets have no gaps. A failure shows at the next flush. Not
 * thread-safe.
 */
final class LogWriter implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    LogWriter(Connection connection) {
        Map<String, Object> settings = connection.producerSettings();
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, settings.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** @param written told where the record is, on the producer's thread */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback has the outcome
    void send(ProducerRecord<byte[], byte[]> record, Consumer<RecordMetadata> written) {
        producer.send(record, (metadata, problem) -> {
            if (problem == null) {
                written.accept(metadata);
            } else {
                failure.compareAndSet(null, problem);
            }
        });
    }

    /**
     * Waits until the broker has everything.
     *
     * @throws KafkaException if it does not take something
     */
    void flush() {
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw new KafkaException("records could not be written: " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
