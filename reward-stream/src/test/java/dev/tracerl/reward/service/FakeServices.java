package dev.tracerl.reward.service;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.client.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A rollout that answers every request, and a trainer that steps when it has groups. Every fifth group is all right, so
 * that it is filtered; every trajectory is delivered twice.
 */
final class FakeServices implements AutoCloseable {

    static final int FILTER_EVERY = 5;

    private final RunSpec run;
    private final String right;
    private final String wrong;
    private final RunTopics topics = RunTopics.of(Runs.RUN);
    private final KafkaProducer<String, SpecificRecord> producer;
    private final KafkaProducer<String, SpecificRecord> trainer;
    private final Follower<RolloutRequest> requests;
    private final Follower<TrainingGroup> groups;
    private final List<TrainingGroup> ready = new ArrayList<>();
    private long version;

    FakeServices(Connection connection, AvroSerdes serdes, RunSpec run) {
        this(connection, serdes, run, Records.RIGHT, Records.WRONG);
    }

    FakeServices(Connection connection, AvroSerdes serdes, RunSpec run, String right, String wrong) {
        this.run = run;
        this.right = right;
        this.wrong = wrong;
        this.producer = producer(connection, serdes, Map.of());
        this.trainer =
                producer(connection, serdes, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.client("trainer")));
        this.requests = new Follower<>(connection, serdes, topics.rolloutRequests(), this::roll);
        this.groups = new Follower<>(connection, serdes, topics.trainingGroups(), this::train);
    }

    private static KafkaProducer<String, SpecificRecord> producer(
            Connection connection, AvroSerdes serdes, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(connection.producerSettings());
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), serdes.serializer());
    }

    /** Publishes version 0. */
    void start() {
        trainer.initTransactions();
        step(List.of());
    }

    private void roll(RolloutRequest request) {
        boolean evaluates = request.getPurpose() == Purpose.EVALUATION;
        boolean easy = evaluates || request.getSequence() % FILTER_EVERY == 0;
        for (int copy = 0; copy < 2; copy++) {
            for (int sample = 0; sample < request.getSamples(); sample++) {
                String answer = easy || sample == 0 ? right : wrong;
                producer.send(new ProducerRecord<>(
                        topics.trajectories().name(),
                        Ids.partition(request.getSequence()),
                        request.getGroupId(),
                        Records.trajectory(request, sample, answer)));
            }
        }
    }

    private void train(TrainingGroup group) {
        ready.add(group);
        if (ready.size() == run.getGroups().getGroupsPerStep()) {
            version++;
            step(List.copyOf(ready));
            ready.clear();
        }
    }

    private void step(List<TrainingGroup> used) {
        trainer.beginTransaction();
        send(topics.weightsHistory(), Runs.RUN, Records.manifest(version));
        if (version > 0) {
            List<String> ids = used.stream().map(TrainingGroup::getGroupId).toList();
            send(topics.trainSteps(), Runs.RUN, Records.step(version, ids));
        }
        for (TrainingGroup group : used) {
            GroupOutcome outcome = Records.outcome(group, Outcome.ACCEPTED);
            send(topics.groupOutcomes(), group.getGroupId(), outcome);
        }
        trainer.commitTransaction();
    }

    private void send(Topic<?> topic, String key, SpecificRecord value) {
        trainer.send(new ProducerRecord<>(topic.name(), key, value));
    }

    @Override
    public void close() {
        requests.close();
        groups.close();
        producer.close();
        trainer.close();
    }
}
