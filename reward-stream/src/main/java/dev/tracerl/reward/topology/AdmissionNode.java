package dev.tracerl.reward.topology;

import dev.tracerl.reward.admission.Admission;
import dev.tracerl.reward.admission.AdmissionBooks;
import dev.tracerl.reward.admission.AdmissionParts;
import dev.tracerl.reward.port.Origin;
import dev.tracerl.reward.port.Outbox;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Runs {@link Admission}: one task for the whole run, because all its sources have one partition. */
final class AdmissionNode implements Processor<byte[], Arrival<?>, String, SpecificRecord> {

    private final RunSpec run;
    private final TopologyParts parts;
    private final CommitClock commits;
    private CommitPace pace;
    private Outbox outbox;
    private Admission admission;

    AdmissionNode(RunSpec run, TopologyParts parts, CommitClock commits) {
        this.run = run;
        this.parts = parts;
        this.commits = commits;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        pace = new CommitPace(context, commits, parts.commitEvery());
        outbox = new MeteredOutbox(new NodeOutbox(context, Nodes.ADMISSION), parts.metrics());
        AdmissionBooks books = new AdmissionBooks(
                new StoreBook<>(context.getStateStore(Nodes.ADMISSION_STATE)),
                new StoreBook<>(context.getStateStore(Nodes.RUNNING_GROUPS)),
                new StoreBook<>(context.getStateStore(Nodes.TALLIES)),
                new StoreBook<>(context.getStateStore(Nodes.TASK_REWARDS)),
                new StoreBook<>(context.getStateStore(Nodes.ENDED_GROUPS)));
        admission = new Admission(
                run,
                new AdmissionParts(
                        books,
                        outbox,
                        new StoreTasks(
                                context.getStateStore(Nodes.TASK_STORE),
                                parts.serdes().deserializer(Task.class)),
                        parts.verifiers(),
                        () -> Instant.ofEpochMilli(context.currentSystemTimeMs()),
                        parts.metrics()));
        context.schedule(parts.expireEvery(), PunctuationType.WALL_CLOCK_TIME, now -> admission.passed());
    }

    @Override
    public void process(Record<byte[], Arrival<?>> found) {
        pace.read(found);
        Arrival<?> arrival = found.value();
        Object value = arrival.decoded().value().orElse(null);
        if (value instanceof GroupOutcome outcome) {
            admission.ended(outcome);
        } else if (value instanceof WeightManifest manifest) {
            admission.published(manifest);
        } else if (value instanceof TrainStep step) {
            admission.trained(step);
        } else if (value instanceof RunStatus status) {
            reported(status, arrival.origin());
        } else if (!isDeleted(arrival.origin())) {
            outbox.refuse(arrival.origin(), arrival.decoded().problem());
        }
    }

    private void reported(RunStatus status, Origin origin) {
        if (origin.offset() >= parts.statusesFrom()) {
            admission.reported(status);
        }
    }

    /** Whether somebody deleted a run, of any name: the topic is shared. */
    private static boolean isDeleted(Origin origin) {
        return origin.value() == null && origin.topic().equals(Topics.RUN_STATUS.name());
    }
}
