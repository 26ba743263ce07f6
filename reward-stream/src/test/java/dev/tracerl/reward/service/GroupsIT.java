package dev.tracerl.reward.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.test.EmbeddedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances that share a run's groups on a real broker, asked over HTTP. */
class GroupsIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int GROUPS = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static EmbeddedRegistry registry;
    private static Connection connection;
    private static AvroSerdes serdes;

    private final RunTopics topics = RunTopics.of(Runs.RUN);

    @BeforeAll
    static void startStack() {
        kafka = EmbeddedKafka.start();
        registry = EmbeddedRegistry.start();
        connection = new Connection(kafka.bootstrapServers(), registry.url());
        serdes = connection.serdes();
    }

    @AfterAll
    static void stopStack() {
        registry.close();
        kafka.close();
    }

    @Test
    void everyInstanceAnswersForEveryGroup() {
        // Given
        prepare(run());
        try (ServiceProcess first = instance("reward-0");
                ServiceProcess second = instance("reward-1")) {
            first.start();
            second.start();
            List<ServiceProcess> instances = List.of(first, second);
            await().atMost(LIMIT)
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> instances.stream()
                            .allMatch(instance -> instance.find("/groups/any").statusCode() == 503));
            assign();
            send(topics.weightsHistory(), 0, Records.manifest(0));
            awaitGroup(instances, "toy-t-000007", group -> is(group, "OPEN"));
            List<RolloutRequest> requests = all(topics.rolloutRequests());

            // When
            answer(requests.get(0), 0, Records.RIGHT);

            // Then
            awaitGroup(instances, id(requests, 0), group -> sample(group, 0).equals("SETTLED"));
            assertThat(listed(instances)).hasSize(GROUPS);
            assertThat(hosts(instances, requests)).hasSize(2);

            // When
            answer(requests.get(0), 1, Records.WRONG);
            awaitGroup(instances, id(requests, 0), group -> is(group, "CLOSED"));
            TrainingGroup closed = all(topics.trainingGroups()).get(0);
            send(topics.groupOutcomes(), 0, Records.outcome(closed, Outcome.ACCEPTED));

            // Then
            awaitGroup(instances, id(requests, 0), group -> is(group, "ENDED"));
            for (ServiceProcess instance : instances) {
                HttpResponse<String> missing = instance.find("/groups/toy-t-000099");
                assertThat(missing.statusCode()).isEqualTo(404);
                assertThat(missing.body()).contains("toy-t-000099 has not been requested");
                assertThat(instance.find("/groups").statusCode()).isEqualTo(400);
            }
        }
    }

    private static RunSpec run() {
        RunSpec run = Runs.run();
        run.getGroups().setGroupsPerStep(GROUPS);
        run.getGroups().setTimeoutMillis(4 * LIMIT.toMillis());
        return run;
    }

    private static ServiceProcess instance(String name) {
        return new ServiceProcess(connection, directory.resolve(name), Map.of("TRACERL_WORKER", name));
    }

    private static void awaitGroup(List<ServiceProcess> instances, String groupId, Predicate<JsonNode> condition) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> instances.stream().allMatch(instance -> {
                    HttpResponse<String> response = instance.find("/groups/" + groupId);
                    return response.statusCode() == 200 && condition.test(json(response));
                }));
    }

    private static boolean is(JsonNode group, String state) {
        return group.get("state").asText().equals(state);
    }

    private static String sample(JsonNode group, int sample) {
        return group.get("samples").path(sample).path("state").asText();
    }

    /** Ids of the open groups of all instances. */
    private static Set<String> listed(List<ServiceProcess> instances) {
        Set<String> ids = new HashSet<>();
        for (ServiceProcess instance : instances) {
            JsonNode open = json(instance.find("/groups?state=open"));
            open.get("groups").forEach(group -> ids.add(group.get("groupId").asText()));
            assertThat(open.get("others")).hasSize(1);
        }
        return ids;
    }

    private static Set<String> hosts(List<ServiceProcess> instances, List<RolloutRequest> requests) {
        Set<String> hosts = new HashSet<>();
        for (int group = 0; group < GROUPS; group++) {
            JsonNode found = json(instances.get(0).find("/groups/" + id(requests, group)));
            hosts.add(found.get("host").asText());
        }
        return hosts;
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    private static String id(List<RolloutRequest> requests, int group) {
        return requests.get(group).getGroupId();
    }

    private void prepare(RunSpec run) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            List<Topic<?>> all = new ArrayList<>(Topics.shared());
            all.addAll(topics.all());
            TopicCreator.create(admin, all, (short) 1);
        }
        for (int index = 0; index < Runs.TASKS; index++) {
            var task = Records.task(Runs.TRAIN, index);
            send(Topics.TASKS.name(), null, task.getTaskId(), task);
        }
        send(Topics.RUNS.name(), null, Runs.RUN, run);
    }

    private static void assign() {
        send(Topics.ASSIGNMENTS.name(), null, "local", new Assignment("local", Runs.RUN, Instant.now()));
    }

    private void answer(RolloutRequest request, int sample, String answer) {
        send(topics.trajectories(), Ids.partition(request.getSequence()), Records.trajectory(request, sample, answer));
    }

    private static void send(Topic<?> topic, int partition, SpecificRecord value) {
        send(topic.name(), partition, "key", value);
    }

    private static void send(String topic, @Nullable Integer partition, String key, SpecificRecord value) {
        try (KafkaProducer<String, SpecificRecord> producer =
                new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), serdes.serializer())) {
            producer.send(new ProducerRecord<>(topic, partition, key, value));
        }
    }

    private static <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        List<V> all = new ArrayList<>();
        TopicReader.each(connection, serdes, topic, (key, value) -> value.ifPresent(all::add));
        return all;
    }
}
