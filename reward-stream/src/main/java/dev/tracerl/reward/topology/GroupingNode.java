package dev.tracerl.reward.topology;

import dev.tracerl.reward.grouping.GroupBooks;
import dev.tracerl.reward.grouping.Grouping;
import dev.tracerl.reward.grouping.GroupingParts;
import dev.tracerl.reward.grouping.Incoming;
import dev.tracerl.reward.port.Origin;
import dev.tracerl.reward.port.Outbox;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.VerificationAnswer;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Runs {@link Grouping} on one partition of requests, trajectories and answers. */
final class GroupingNode implements Processor<byte[], Arrival<?>, String, SpecificRecord> {

    private final RunSpec run;
    private final TopologyParts parts;
    private final CommitClock commits;
    private final String trajectories;
    private CommitPace pace;
    private Outbox outbox;
    private Grouping grouping;

    GroupingNode(RunSpec run, TopologyParts parts, CommitClock commits) {
        this.run = run;
        this.parts = parts;
        this.commits = commits;
        this.trajectories = RunTopics.of(run.getRunId()).trajectories().name();
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        pace = new CommitPace(context, commits, parts.commitEvery());
        outbox = new MeteredOutbox(new NodeOutbox(context, Nodes.GROUPING), parts.metrics());
        Deserializer<Trajectory> deserializer = parts.serdes().deserializer(Trajectory.class);
        GroupBooks books = new GroupBooks(
                new StoreBook<>(context.getStateStore(Nodes.OPEN_GROUPS)),
                new StoreBook<>(context.getStateStore(Nodes.JUDGED_SAMPLES)),
                new StoreBook<>(context.getStateStore(Nodes.PENDING_CHECKS)),
                new StoreBook<>(context.getStateStore(Nodes.REQUESTED)),
                new StoreBook<>(context.getStateStore(Nodes.CLOSED_GROUPS)));
        grouping = new Grouping(
                run,
                new GroupingParts(
                        books,
                        outbox,
                        bytes -> deserializer.deserialize(trajectories, bytes),
                        parts.verifiers(),
                        parts.checkRules(),
                        () -> Instant.ofEpochMilli(context.currentSystemTimeMs()),
                        parts.metrics()));
        int partition = context.taskId().partition();
        context.schedule(
                parts.expireEvery(),
                PunctuationType.WALL_CLOCK_TIME,
                now -> parts.metrics().openGroups(partition, grouping.expire()));
    }

    @Override
    public void process(Record<byte[], Arrival<?>> found) {
        pace.read(found);
        Arrival<?> arrival = found.value();
        Object value = arrival.decoded().value().orElse(null);
        if (value instanceof RolloutRequest request) {
            grouping.requested(request, arrival.origin());
        } else if (value instanceof Trajectory trajectory) {
            grouping.arrived(new Incoming(trajectory, arrival.origin()));
        } else if (value instanceof VerificationAnswer answer) {
            grouping.answered(answer, arrival.origin());
        } else {
            refuse(arrival.origin(), arrival.decoded().problem());
        }
    }

    private void refuse(Origin origin, String problem) {
        outbox.refuse(origin, problem);
        if (origin.topic().equals(trajectories)) {
            grouping.unreadable(origin);
        }
    }
}
