package dev.tracerl.benchmarks.stream;

import dev.tracerl.schemas.RunTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Copies trajectories byte by byte: the least that a stream can do. */
record CopyRound(StreamLog log, boolean transactional) {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    Cost run(Workload workload) {
        String target = workload.runId() + (transactional ? ".copy-in-transactions" : ".copy");
        log.createCopy(workload.runId(), target);
        try (KafkaConsumer<byte[], byte[]> consumer =
                        log.reader(RunTopics.of(workload.runId()).trajectories().name());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings(target), new ByteArraySerializer(), new ByteArraySerializer())) {
            if (transactional) {
                producer.initTransactions();
            }
            Cost.Meter meter = Cost.begin();
            copy(consumer, producer, target, workload.trajectories());
            return meter.end();
        }
    }

    private void copy(
            KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer, String target, int count) {
        int copied = 0;
        while (copied < count) {
            long begin = System.nanoTime();
            begin(producer);
            while (copied < count && (!transactional || System.nanoTime() - begin < COMMIT_NANOS)) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                    producer.send(new ProducerRecord<>(target, found.partition(), found.key(), found.value()));
                    copied++;
                }
            }
            end(producer);
        }
    }

    private void begin(KafkaProducer<byte[], byte[]> producer) {
        if (transactional) {
            producer.beginTransaction();
        }
    }

    private void end(KafkaProducer<byte[], byte[]> producer) {
        if (transactional) {
            producer.commitTransaction();
        } else {
            producer.flush();
        }
    }

    private Map<String, Object> settings(String target) {
        Map<String, Object> settings = new HashMap<>(log.connection().producerSettings());
        if (transactional) {
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, target);
        }
        return settings;
    }
}
