package dev.tracerl.rollout.out;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.rollout.metrics.RolloutMetrics;
import dev.tracerl.rollout.weights.RefusedWeights;
import dev.tracerl.schemas.DeadLetters;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightManifest;
import java.nio.ByteBuffer;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes, counts and logs what this service refuses. Thread-safe. */
public final class DeadLetterOffice {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterOffice.class);

    private final RecordPublisher publisher;
    private final RunTopics topics;
    private final RolloutMetrics metrics;
    private final Clock clock;

    public DeadLetterOffice(RecordPublisher publisher, RunTopics topics, RolloutMetrics metrics, Clock clock) {
        this.publisher = publisher;
        this.topics = topics;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Refuses a request.
     *
     * @param onPublished called when its dead letter is on the log
     */
    public void request(String reason, ConsumerRecord<byte[], byte[]> origin, Runnable onPublished) {
        LOG.atWarn()
                .addKeyValue("topic", origin.topic())
                .addKeyValue("partition", origin.partition())
                .addKeyValue("offset", origin.offset())
                .addKeyValue("reason", reason)
                .log("refused a request");
        metrics.error("request");
        publisher.publish(
                DeadLetters.of("rollout: request", reason, origin, clock.instant()), origin.key(), onPublished);
    }

    /** Refuses a version of the weights. Its origin is the first chunk of the bytes. */
    public void weights(RefusedWeights refused) {
        WeightManifest manifest = refused.manifest();
        LOG.atError()
                .addKeyValue("policyVersion", manifest.getVersion())
                .addKeyValue("reason", refused.reason())
                .log("refused weights");
        metrics.swapRefused();
        byte[] key = Ids.chunk(manifest.getVersion(), 0).getBytes(UTF_8);
        DeadLetter letter = DeadLetter.newBuilder()
                .setStage("rollout: weights")
                .setReason(refused.reason())
                .setTopic(topics.weightChunks().name())
                .setPartition(0)
                .setOffset(firstOffset(manifest))
                .setKey(ByteBuffer.wrap(key))
                .setAt(clock.instant())
                .build();
        publisher.publish(letter, key, () -> {});
    }

    private static long firstOffset(WeightManifest manifest) {
        String location = manifest.getLocation();
        return manifest.getStore() == StoreKind.KAFKA && location.matches("\\d{1,9}:\\d{1,18}")
                ? Long.parseLong(location.substring(location.indexOf(':') + 1))
                : -1;
    }
}
