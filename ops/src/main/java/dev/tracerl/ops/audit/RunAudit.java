package dev.tracerl.ops.audit;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Audits a run's log as it is now. Topics are read against the flow, so that whatever a record refers to is still read
 * after it, also while the run is going on. A topic that does not exist, because the run is older than it, is empty.
 */
public final class RunAudit {

    private final Connection connection;
    private final AvroSerdes serdes;

    /** Audits on one broker. */
    public RunAudit(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.serdes = serdes;
    }

    /** The account of a run that exists. */
    public AuditReport of(String runId) {
        RunStatus status =
                TopicReader.latest(connection, serdes, Topics.RUN_STATUS).get(runId);
        Audit audit = new Audit(runId, status != null && status.getState() == RunState.FINISHED);
        RunTopics topics = RunTopics.of(runId);
        read(topics.trainSteps(), audit, audit::add);
        read(topics.groupOutcomes(), audit, audit::add);
        read(topics.verdicts(), audit, audit::add);
        read(topics.strays(), audit, audit::add);
        read(topics.trajectories(), audit, audit::add);
        read(topics.rolloutRequests(), audit, audit::add);
        return audit.report();
    }

    /** None of these topics has tombstones. */
    private <V extends SpecificRecord> void read(Topic<V> topic, Audit audit, Consumer<V> handler) {
        TopicReader.each(
                connection,
                serdes,
                topic,
                (String key, Optional<V> value) ->
                        value.ifPresentOrElse(handler, () -> audit.unreadable(topic.name())));
    }
}
