package dev.tracerl.benchmarks.stream;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.client.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The log of the benchmark: a broker, topics, and what rollouts would have written. */
record StreamLog(Connection connection, AvroSerdes serdes) {

    /** Creates the topics of a workload's run and writes its requests and trajectories. */
    void write(Workload workload) {
        RunTopics topics = RunTopics.of(workload.runId());
        try (Admin admin = Admin.create(connection.clientSettings())) {
            List<Topic<?>> all = new ArrayList<>(Topics.shared());
            all.addAll(topics.all());
            TopicCreator.create(admin, all, (short) 1);
        }
        try (KafkaProducer<String, SpecificRecord> producer =
                new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), serdes.serializer())) {
            for (int group = 0; group < workload.groups(); group++) {
                send(producer, topics.rolloutRequests(), group, workload.request(group));
                for (int sample = 0; sample < workload.samples(); sample++) {
                    send(producer, topics.trajectories(), group, workload.trajectory(group, sample));
                }
            }
        }
    }

    private static void send(
            KafkaProducer<String, SpecificRecord> producer, Topic<?> topic, int group, SpecificRecord value) {
        producer.send(new ProducerRecord<>(topic.name(), Ids.partition(group), "group-" + group, value));
    }

    /** Creates a topic like that of a run's trajectories. */
    void createCopy(String runId, String name) {
        Topic<Trajectory> original = RunTopics.of(runId).trajectories();
        Topic<Trajectory> copy = new Topic<>(name, Trajectory.class, original.partitions(), original.settings());
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, List.of(copy), (short) 1);
        }
    }

    /** A consumer at the start of a topic. */
    KafkaConsumer<byte[], byte[]> reader(String topic) {
        Map<String, Object> settings = new HashMap<>(connection.consumerSettings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
