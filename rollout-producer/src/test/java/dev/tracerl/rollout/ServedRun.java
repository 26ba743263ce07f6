package dev.tracerl.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.StopReason;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.Sampler;
import dev.tracerl.model.sampling.Samplers;
import dev.tracerl.rollout.ServiceProcess.Answer;
import dev.tracerl.rollout.group.SamplerSpecs;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.client.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The packaged service at work on a run named served with versions 0 and 1, open to clients with a key.
 *
 * @param idle what it answered before it had a run
 * @param weightless what it answered before the run had weights
 */
record ServedRun(RunLog log, ServiceProcess service, Answer idle, Answer weightless) implements AutoCloseable {

    static final String PATH = "/v1/completions";
    static final ModelConfig MODEL = Specs.model(64);

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] KEY = {"Authorization", "Bearer secret"};

    static ServedRun start(Connection connection) throws Exception {
        RunLog log = new RunLog(connection, "served");
        ServiceProcess service = ServiceProcess.start(
                connection, "served", Map.of("TRACERL_API_KEY", "secret", "TRACERL_API_OPEN_PROMPTS", "8"));
        await().atMost(PATIENCE).until(service::isReady);
        Answer idle = service.post(PATH, "{}", KEY);
        assign(log);
        Answer weightless = await().atMost(PATIENCE)
                .until(
                        () -> service.post(PATH, ask("served", "'prompt': '1'"), KEY),
                        answer -> answer.body().contains("no_weights"));
        log.publishWeights(MODEL, 0);
        log.publishWeights(MODEL, 1);
        await().atMost(PATIENCE)
                .until(() -> service.get("/v1/models", KEY).body().contains("\"newestVersion\":1"));
        return new ServedRun(log, service, idle, weightless);
    }

    /** A run that samples at temperature 1 and is evaluated greedily with up to 12 tokens. */
    private static void assign(RunLog log) {
        RunSpec run = Specs.run("served");
        run.setEvaluation(List.of(EvaluationPlan.newBuilder()
                .setSet("digits")
                .setCount(1)
                .setSampler(greedy())
                .build()));
        log.send(Topics.RUNS, 0, run.getRunId(), run);
        Assignment assignment = Assignment.newBuilder()
                .setDeployment("served")
                .setRunId("served")
                .setAt(Instant.now())
                .build();
        log.send(Topics.ASSIGNMENTS, 0, "served", assignment);
    }

    static SamplerSpec greedy() {
        SamplerSpec sampler = Specs.sampler(12);
        sampler.setTemperature(0);
        return sampler;
    }

    /** A body, its fields in single quotes. */
    static String ask(String model, String fields) {
        return ("{'model': '" + model + "', " + fields + "}").replace('\'', '"');
    }

    Answer post(String body) throws Exception {
        return service.post(PATH, body, KEY);
    }

    JsonNode answer(String path, String body) throws Exception {
        Answer answer = service.post(path, body, KEY);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    /** The events of a stream before its end. */
    List<JsonNode> events(String body) throws Exception {
        Answer answer = post(body);
        String[] events = answer.body().split("\n\n");
        assertThat(events[events.length - 1]).as(answer.body()).isEqualTo("data: [DONE]");
        List<JsonNode> found = new ArrayList<>();
        for (int i = 0; i < events.length - 1; i++) {
            found.add(json(events[i].substring("data: ".length())));
        }
        return found;
    }

    static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    /** What the sampler itself gives. */
    static SampledResponse direct(SamplerSpec spec, String prompt, long seed, int sample, long version) {
        int[] tokens = prompt.chars().map(Specs.ALPHABET::indexOf).toArray();
        Parameters weights = Parameters.random(MODEL, version);
        try (Network network = Network.open("cpu", 1);
                Sampler sampler = Samplers.open(network, MODEL, SamplerSpecs.settings(spec))) {
            sampler.add(List.of(new SampleRequest("completion", sample, tokens, seed)));
            List<FinishedSample> finished = List.of();
            while (finished.isEmpty()) {
                finished = sampler.advance(weights, version);
            }
            return finished.get(0).response();
        }
    }

    /** The text of a response of digits. */
    static String text(SampledResponse response) {
        int kept = response.stopReason() == StopReason.END_OF_TEXT ? response.keptTokens() - 1 : response.keptTokens();
        StringBuilder text = new StringBuilder();
        IntStream.range(0, kept)
                .map(i -> response.tokens()[i])
                .filter(token -> token < Specs.ALPHABET.length())
                .forEach(token -> text.append(Specs.ALPHABET.charAt(token)));
        return text.toString();
    }

    @Override
    public void close() {
        service.close();
        log.close();
    }
}
