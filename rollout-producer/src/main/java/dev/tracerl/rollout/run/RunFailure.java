package dev.tracerl.rollout.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunStates;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Tells everybody on run-status that a run cannot go on. */
public final class RunFailure {

    private RunFailure() {}

    /** Writes FAILED with a reason, unless the run has already ended. */
    public static void write(Connection connection, AvroSerdes serdes, String runId, String reason) {
        RunStatus last =
                TopicReader.latest(connection, serdes, Topics.RUN_STATUS).get(runId);
        if (last != null && RunStates.isOver(last)) {
            return;
        }
        Serializer<RunStatus> serializer = serdes.serializer();
        String topic = Topics.RUN_STATUS.name();
        byte[] value = serializer.serialize(topic, status(last, runId, reason));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                connection.producerSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, runId.getBytes(UTF_8), value))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new KafkaException("the run's failure could not be written", e.getCause());
        }
    }

    static RunStatus status(@Nullable RunStatus last, String runId, String reason) {
        RunStatus.Builder status = last == null
                ? RunStatus.newBuilder().setRunId(runId).setStep(0).setVersion(-1)
                : RunStatus.newBuilder(last);
        return status.setState(RunState.FAILED)
                .setReason(reason)
                .setAt(Instant.now())
                .build();
    }
}
