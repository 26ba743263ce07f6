package dev.tracerl.reward.service;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status of a run while no topology is there to write it. */
final class RunStatusLog {

    private static final Logger LOG = LoggerFactory.getLogger(RunStatusLog.class);

    private final Connection connection;
    private final AvroSerdes serdes;
    private final String runId;

    RunStatusLog(Connection connection, AvroSerdes serdes, String runId) {
        this.connection = connection;
        this.serdes = serdes;
        this.runId = runId;
    }

    boolean hasFailed() {
        RunStatus last = last();
        return last != null && last.getState() == RunState.FAILED;
    }

    /** Marks the run as failed. */
    void fail(String reason) {
        LOG.atError().addKeyValue("runId", runId).addKeyValue("reason", reason).log("run failed");
        RunStatus last = last();
        RunStatus failed = RunStatus.newBuilder()
                .setRunId(runId)
                .setState(RunState.FAILED)
                .setReason(reason)
                .setStep(last == null ? 0 : last.getStep())
                .setVersion(last == null ? -1 : last.getVersion())
                .setAccuracy(last == null ? null : last.getAccuracy())
                .setAt(Instant.now())
                .build();
        try (KafkaProducer<String, RunStatus> producer = new KafkaProducer<>(
                connection.producerSettings(), new StringSerializer(), serdes.<RunStatus>serializer())) {
            producer.send(new ProducerRecord<>(Topics.RUN_STATUS.name(), runId, failed))
                    .get();
        } catch (ExecutionException e) {
            LOG.atError().addKeyValue("runId", runId).setCause(e.getCause()).log("the run's failure is not recorded");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable RunStatus last() {
        return TopicReader.latest(connection, serdes, Topics.RUN_STATUS).get(runId);
    }
}
