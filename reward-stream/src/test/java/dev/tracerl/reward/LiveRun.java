package dev.tracerl.reward;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A run on a real broker: what the command line and the other services write, when a test says so, and what is there. */
public final class LiveRun implements AutoCloseable {

    private final Connection connection;
    private final AvroSerdes serdes;
    private final RunSpec run;
    private final RunTopics topics;
    private final KafkaProducer<String, SpecificRecord> producer;

    /** Creates its topics, and writes it and its tasks. */
    public LiveRun(Connection connection, RunSpec run) {
        this.connection = connection;
        this.serdes = connection.serdes();
        this.run = run;
        this.topics = RunTopics.of(run.getRunId());
        this.producer = new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), serdes.serializer());
        try (Admin admin = Admin.create(connection.clientSettings())) {
            List<Topic<?>> all = new ArrayList<>(Topics.shared());
            all.addAll(topics.all());
            TopicCreator.create(admin, all, (short) 1);
        }
        run.getTasks().forEach(this::load);
        send(Topics.RUNS, null, run.getRunId(), run);
    }

    private void load(TaskSet set) {
        for (int index = 0; index < set.getCount(); index++) {
            send(Topics.TASKS, null, Ids.task(set.getSet(), index), Records.task(set.getSet(), index));
        }
    }

    public String id() {
        return run.getRunId();
    }

    public RunTopics topics() {
        return topics;
    }

    /** Assigns the deployment that has the run's name to it. */
    public void assign() {
        send(Topics.ASSIGNMENTS, null, id(), new Assignment(id(), id(), Instant.now()));
    }

    public void publish(long version) {
        send(topics.weightsHistory(), 0, id(), Records.manifest(version));
    }

    public void answer(RolloutRequest request, int sample, String answer) {
        send(
                topics.trajectories(),
                Ids.partition(request.getSequence()),
                request.getGroupId(),
                Records.trajectory(request, sample, answer));
    }

    /** Answers all samples of a request, in order. */
    public void answerAll(RolloutRequest request, String... answers) {
        for (int sample = 0; sample < answers.length; sample++) {
            answer(request, sample, answers[sample]);
        }
    }

    /** The outcome that the trainer writes. */
    public void decide(TrainingGroup group, Outcome outcome) {
        GroupOutcome decided = Records.outcome(group, outcome);
        send(topics.groupOutcomes(), 0, group.getGroupId(), decided);
    }

    /** All requests by their numbers. */
    public List<RolloutRequest> requests() {
        return all(topics.rolloutRequests()).stream()
                .sorted(Comparator.comparing(RolloutRequest::getSequence))
                .toList();
    }

    /** The training groups with an id. */
    public List<TrainingGroup> trainingGroups(String groupId) {
        return all(topics.trainingGroups()).stream()
                .filter(group -> group.getGroupId().equals(groupId))
                .toList();
    }

    /** Everything that is committed to a topic. */
    public <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        List<V> all = new ArrayList<>();
        TopicReader.each(connection, serdes, topic, (key, value) -> value.ifPresent(all::add));
        return all;
    }

    private void send(Topic<?> topic, @Nullable Integer partition, String key, SpecificRecord value) {
        producer.send(new ProducerRecord<>(topic.name(), partition, key, value));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
