package dev.tracerl.reward.topology;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.VerificationRequest;
import dev.tracerl.schemas.avro.state.AdmissionState;
import dev.tracerl.schemas.avro.state.EndedGroup;
import dev.tracerl.schemas.avro.state.EvaluationTally;
import dev.tracerl.schemas.avro.state.JudgedSample;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.PendingCheck;
import dev.tracerl.schemas.avro.state.RunningGroup;
import dev.tracerl.schemas.avro.state.SeenSamples;
import dev.tracerl.schemas.avro.state.TaskReward;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * The topology of one run: two sub-topologies that know each other through topics only.
 *
 * <pre>
 *   tasks (global) ---------------------.
 *   weights-history, train-steps,        \
 *   group-outcomes, run-status -> doors -> admission -> rollout-requests, evaluations, run-status, dead-letters
 *
 *   rollout-requests, trajectories,
 *   verification-answers -> doors -> grouping -> verification-requests, verdicts, training-groups, group-outcomes,
 *                                                strays, dead-letters
 * </pre>
 */
public final class RewardTopology {

    private final RunTopics topics;
    private final AvroSerdes serdes;
    private final CommitClock commits = new CommitClock();
    private final Topology topology = new Topology();

    private RewardTopology(RunSpec run, TopologyParts parts) {
        this.topics = RunTopics.of(run.getRunId());
        this.serdes = parts.serdes();
    }

    /** Builds the topology of a run; without side effects. */
    public static Topology build(RunSpec run, TopologyParts parts) {
        RewardTopology building = new RewardTopology(run, parts);
        building.tasks();
        building.admission(run, parts);
        building.grouping(run, parts);
        return building.topology;
    }

    private void tasks() {
        topology.addGlobalStore(
                Stores.global(Nodes.TASK_STORE),
                Nodes.source(Nodes.TASK_STORE),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                Topics.TASKS.name(),
                Nodes.door(Nodes.TASK_STORE),
                () -> new TaskIntake(Nodes.TASK_STORE));
    }

    private void admission(RunSpec run, TopologyParts parts) {
        read(Nodes.MANIFESTS, topics.weightsHistory());
        read(Nodes.STEPS, topics.trainSteps());
        read(Nodes.OUTCOMES, topics.groupOutcomes());
        read(Nodes.STATUS, Topics.RUN_STATUS);
        topology.addProcessor(
                Nodes.ADMISSION,
                () -> new AdmissionNode(run, parts, commits),
                Nodes.door(Nodes.MANIFESTS),
                Nodes.door(Nodes.STEPS),
                Nodes.door(Nodes.OUTCOMES),
                Nodes.door(Nodes.STATUS));
        keep(Nodes.ADMISSION_STATE, AdmissionState.class, Nodes.ADMISSION);
        keep(Nodes.RUNNING_GROUPS, RunningGroup.class, Nodes.ADMISSION);
        keep(Nodes.TALLIES, EvaluationTally.class, Nodes.ADMISSION);
        keep(Nodes.TASK_REWARDS, TaskReward.class, Nodes.ADMISSION);
        keep(Nodes.ENDED_GROUPS, EndedGroup.class, Nodes.ADMISSION);
        topology.addSink(
                Nodes.sink(Nodes.ADMISSION, Nodes.REQUESTS),
                topics.rolloutRequests().name(),
                new StringSerializer(),
                serdes.<RolloutRequest>serializer(),
                (topic, key, request, partitions) ->
                        Optional.of(Set.of(Ids.partition(request.getSequence()) % partitions)),
                Nodes.ADMISSION);
        write(Nodes.ADMISSION, Nodes.EVALUATIONS, topics.evaluations());
        write(Nodes.ADMISSION, Nodes.STATUS, Topics.RUN_STATUS);
        write(Nodes.ADMISSION, Nodes.DEAD_LETTERS, topics.deadLetters());
    }

    private void grouping(RunSpec run, TopologyParts parts) {
        read(Nodes.REQUESTS, topics.rolloutRequests());
        read(Nodes.TRAJECTORIES, topics.trajectories());
        read(Nodes.ANSWERS, topics.verificationAnswers());
        topology.addProcessor(
                Nodes.GROUPING,
                () -> new GroupingNode(run, parts, commits),
                Nodes.door(Nodes.REQUESTS),
                Nodes.door(Nodes.TRAJECTORIES),
                Nodes.door(Nodes.ANSWERS));
        keep(Nodes.OPEN_GROUPS, OpenGroup.class, Nodes.GROUPING);
        keep(Nodes.JUDGED_SAMPLES, JudgedSample.class, Nodes.GROUPING);
        keep(Nodes.PENDING_CHECKS, PendingCheck.class, Nodes.GROUPING);
        keep(Nodes.CLOSED_GROUPS, SeenSamples.class, Nodes.GROUPING);
        topology.addStateStore(Stores.durable(Nodes.REQUESTED, Serdes.Long()), Nodes.GROUPING);
        topology.addSink(
                Nodes.sink(Nodes.GROUPING, Nodes.CHECKS),
                topics.verificationRequests().name(),
                new StringSerializer(),
                serdes.<VerificationRequest>serializer(),
                (topic, key, request, partitions) ->
                        Optional.of(Set.of(Ids.partition(Ids.sequence(request.getGroupId())) % partitions)),
                Nodes.GROUPING);
        write(Nodes.GROUPING, Nodes.VERDICTS, topics.verdicts());
        write(Nodes.GROUPING, Nodes.GROUPS, topics.trainingGroups());
        write(Nodes.GROUPING, Nodes.OUTCOMES, topics.groupOutcomes());
        write(Nodes.GROUPING, Nodes.STRAYS, topics.strays());
        write(Nodes.GROUPING, Nodes.DEAD_LETTERS, topics.deadLetters());
    }

    private <V extends SpecificRecord> void read(String stream, Topic<V> topic) {
        topology.addSource(
                Nodes.source(stream), new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic.name());
        topology.addProcessor(
                Nodes.door(stream), () -> new Door<>(serdes.deserializer(topic.valueType())), Nodes.source(stream));
    }

    private <V extends SpecificRecord> void keep(String store, Class<V> type, String node) {
        topology.addStateStore(Stores.durable(store, serdes.of(type)), node);
    }

    private <V extends SpecificRecord> void write(String node, String stream, Topic<V> topic) {
        topology.addSink(Nodes.sink(node, stream), topic.name(), new StringSerializer(), serdes.<V>serializer(), node);
    }
}
