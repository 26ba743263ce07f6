package dev.tracerl.reward.service;

import static dev.tracerl.reward.service.GroupAnswers.assertKnownOrLater;
import static dev.tracerl.reward.service.GroupAnswers.host;
import static dev.tracerl.reward.service.GroupAnswers.is;
import static dev.tracerl.reward.service.GroupAnswers.isLater;
import static dev.tracerl.reward.service.GroupAnswers.json;
import static dev.tracerl.reward.service.GroupAnswers.sameFields;
import static dev.tracerl.reward.service.GroupAnswers.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.reward.LiveRun;
import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.test.EmbeddedRegistry;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances that share a run's groups on a real broker, asked over HTTP. */
class GroupsIT {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int GROUPS = 8;

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static EmbeddedRegistry registry;
    private static Connection connection;

    @BeforeAll
    static void startStack() {
        kafka = EmbeddedKafka.start();
        registry = EmbeddedRegistry.start();
        connection = new Connection(kafka.bootstrapServers(), registry.url());
    }

    @AfterAll
    static void stopStack() {
        registry.close();
        kafka.close();
    }

    @Test
    void everyInstanceAnswersForEveryGroupAndASurvivorForThoseOfTheKilledOne() throws InterruptedException {
        // Given
        try (LiveRun run = new LiveRun(connection, run());
                ServiceProcess first = instance(run, "reward-0");
                ServiceProcess second = instance(run, "reward-1")) {
            List<ServiceProcess> instances = List.of(first, second);
            List<RolloutRequest> begun = begin(run, instances);

            // When
            List<RolloutRequest> requests = answeredInPart(run, instances, begun);

            // Then
            assertThat(listed(instances)).hasSize(GROUPS - 2);
            instances.forEach(instance -> assertRefusals(instance, run));
            ServiceProcess killed = first.ask(neverRequested(run)).statusCode() == 404 ? first : second;
            ServiceProcess survivor = killed == first ? second : first;
            Map<String, JsonNode> before = shown(survivor, requests);
            RolloutRequest inherited = open(before, killed, requests);

            // When
            killed.kill();
            List<HttpResponse<String>> answers = answersUntil(
                    () -> asked(survivor::ask, requests), round -> hosts(round).equals(Set.of(survivor.host())));

            // Then
            assertThat(answers).allSatisfy(answer -> assertKnownOrLater(answer, List.of(killed)));
            assertRefusals(survivor, run);
            assertSame(before, shown(survivor, requests));

            // When
            killed.start();
            answers = answersUntil(
                    () -> Stream.concat(asked(first::find, requests), asked(second::find, requests)),
                    round -> round.size() == 2 * (requests.size() + 1)
                            && hosts(round).equals(Set.of(first.host(), second.host())));

            // Then
            assertThat(answers).allSatisfy(answer -> assertKnownOrLater(answer, instances));
            assertSame(before, shown(killed, requests));

            // When
            run.answer(inherited, 1, Records.WRONG);

            // Then
            awaitGroup(instances, inherited.getGroupId(), found -> is(found, "CLOSED"));
            assertThat(awaitTraining(run, inherited.getGroupId()).getSamples())
                    .extracting(TrainingSample::getReward)
                    .containsExactly(1.0, 0.75);
        }
    }

    private static RunSpec run() {
        RunSpec run = Runs.run();
        run.getGroups().setGroupsPerStep(GROUPS);
        run.getGroups().setTimeoutMillis(4 * LIMIT.toMillis());
        return run;
    }

    private static ServiceProcess instance(LiveRun run, String name) {
        return new ServiceProcess(
                connection,
                directory.resolve(run.id()).resolve(name),
                Map.of(
                        "TRACERL_DEPLOYMENT",
                        run.id(),
                        "TRACERL_WORKER",
                        name,
                        "TRACERL_STREAMS_SESSION_TIMEOUT",
                        "6s"));
    }

    private static String neverRequested(LiveRun run) {
        return "/groups/" + run.id() + "-t-000099";
    }

    /** Starts the instances and the run, until they share its groups. */
    private static List<RolloutRequest> begin(LiveRun run, List<ServiceProcess> instances) {
        instances.forEach(ServiceProcess::start);
        await().atMost(LIMIT)
                .ignoreException(UncheckedIOException.class)
                .until(() -> instances.stream().allMatch(instance -> isLater(instance.ask("/groups/any"))));
        run.assign();
        run.publish(0);
        await().atMost(LIMIT).until(() -> run.requests().size() == GROUPS);
        List<RolloutRequest> requests = run.requests();
        requests.forEach(request -> awaitGroup(instances, request.getGroupId(), found -> is(found, "OPEN")));
        await().atMost(LIMIT)
                .until(() -> hosts(asked(instances.get(0)::find, requests).toList())
                        .equals(Set.of(instances.get(0).host(), instances.get(1).host())));
        return requests;
    }

    /** One group is filtered, one is trained, one waits for the trainer, and the others for a sample. */
    private static List<RolloutRequest> answeredInPart(
            LiveRun run, List<ServiceProcess> instances, List<RolloutRequest> first) {
        run.answerAll(first.get(0), Records.RIGHT, Records.RIGHT);
        run.answerAll(first.get(1), Records.RIGHT, Records.WRONG);
        first.stream().skip(2).forEach(request -> run.answer(request, 0, Records.RIGHT));
        await().atMost(LIMIT).until(() -> run.requests().size() == GROUPS + 1);
        List<RolloutRequest> requests = run.requests();
        run.answerAll(requests.get(GROUPS), Records.RIGHT, Records.WRONG);
        String trained = first.get(1).getGroupId();
        run.decide(awaitTraining(run, trained), Outcome.ACCEPTED);
        awaitGroup(instances, first.get(0).getGroupId(), found -> is(found, "ENDED"));
        awaitGroup(instances, trained, found -> is(found, "ENDED"));
        awaitGroup(instances, requests.get(GROUPS).getGroupId(), found -> is(found, "CLOSED"));
        first.stream()
                .skip(2)
                .map(RolloutRequest::getGroupId)
                .forEach(group ->
                        awaitGroup(instances, group, found -> sample(found, 0).equals("SETTLED")));
        return requests;
    }

    /** What is asked may be one commit ahead of the log. */
    private static TrainingGroup awaitTraining(LiveRun run, String groupId) {
        return await().atMost(LIMIT)
                .until(() -> run.trainingGroups(groupId), groups -> groups.size() == 1)
                .get(0);
    }

    private static void assertRefusals(ServiceProcess instance, LiveRun run) {
        HttpResponse<String> missing = instance.find(neverRequested(run));
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("toy-t-000099 has not been requested");
        assertThat(instance.find("/groups").statusCode()).isEqualTo(400);
    }

    private static void awaitGroup(List<ServiceProcess> instances, String groupId, Predicate<JsonNode> condition) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> instances.stream().allMatch(instance -> {
                    HttpResponse<String> response = instance.find("/groups/" + groupId);
                    return response.statusCode() == 200 && condition.test(json(response));
                }));
    }

    /** Asks for all groups again and again until all are known as they should be; every answer. */
    private static List<HttpResponse<String>> answersUntil(
            Supplier<Stream<HttpResponse<String>>> question, Predicate<List<HttpResponse<String>>> isEnough) {
        List<HttpResponse<String>> answers = new ArrayList<>();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
            List<HttpResponse<String>> round = question.get().toList();
            answers.addAll(round);
            return round.stream().allMatch(answer -> answer.statusCode() == 200) && isEnough.test(round);
        });
        return answers;
    }

    /** Answers about all groups and the list, but for those that an instance which is not there would have to give. */
    private static Stream<HttpResponse<String>> asked(
            Function<String, HttpResponse<String>> instance, List<RolloutRequest> requests) {
        Stream<String> groups = requests.stream().map(request -> "/groups/" + request.getGroupId());
        return Stream.concat(groups, Stream.of("/groups?state=open")).flatMap(path -> {
            try {
                return Stream.of(instance.apply(path));
            } catch (UncheckedIOException e) {
                return Stream.empty();
            }
        });
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

    /** The first group that waits for a sample on an instance. */
    private static RolloutRequest open(
            Map<String, JsonNode> shown, ServiceProcess instance, List<RolloutRequest> requests) {
        return requests.stream()
                .filter(request -> is(shown.get(request.getGroupId()), "OPEN"))
                .filter(request ->
                        shown.get(request.getGroupId()).get("host").asText().equals(instance.host()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, JsonNode> shown(ServiceProcess instance, List<RolloutRequest> requests) {
        Map<String, JsonNode> shown = new TreeMap<>();
        answersUntil(() -> asked(instance::find, requests), round -> round.size() == requests.size() + 1).stream()
                .filter(answer -> answer.statusCode() == 200)
                .map(GroupAnswers::json)
                .filter(answer -> answer.has("groupId"))
                .forEach(group -> shown.put(group.get("groupId").asText(), group));
        return shown;
    }

    private static Set<String> hosts(List<HttpResponse<String>> answers) {
        return answers.stream().map(answer -> host(json(answer))).collect(Collectors.toSet());
    }

    private static void assertSame(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        before.forEach((group, known) ->
                assertThat(sameFields(after.get(group), known)).isEqualTo(sameFields(known, known)));
    }
}
