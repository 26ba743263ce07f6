package dev.tracerl.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.StopReason;
import dev.tracerl.rollout.ServiceProcess.Answer;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.client.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Completions over HTTP from the packaged service with a tiny random model, compared with the sampler itself. */
@ExtendWith(Stack.class)
class CompletionsIT {

    private static final String PATH = ServedRun.PATH;

    private static ServedRun served;

    @BeforeAll
    static void start(Connection connection) throws Exception {
        served = ServedRun.start(connection);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static JsonNode complete(String fields) throws Exception {
        return served.answer(PATH, ServedRun.ask("served", fields));
    }

    @Test
    void aGreedyCompletionIsWhatTheSamplerItselfGives() throws Exception {
        // Given
        SampledResponse newest = ServedRun.direct(ServedRun.greedy(), "123", 0, 0, 1);
        SampledResponse first = ServedRun.direct(ServedRun.greedy(), "123", 0, 0, 0);

        // When
        JsonNode followed = complete("'prompt': '123', 'tracerl': {'trace': true}");
        JsonNode pinned =
                served.answer(PATH, ServedRun.ask("served@0", "'prompt': [1, 2, 3], 'tracerl': {'trace': true}"));

        // Then
        assertThat(followed.path("system_fingerprint").asText()).isEqualTo("served@1");
        assertThat(pinned.path("system_fingerprint").asText()).isEqualTo("served@0");
        assertThat(choice(followed).path("text").asText()).isEqualTo(ServedRun.text(newest));
        assertThat(choice(pinned).path("text").asText()).isEqualTo(ServedRun.text(first));
        assertThat(ints(choice(followed).at("/tracerl/tokens"))).isEqualTo(newest.tokens());
        assertThat(ints(choice(pinned).at("/tracerl/tokens"))).isEqualTo(first.tokens());
        assertThat(ints(choice(pinned).at("/tracerl/stepMap"))).isEqualTo(first.stepMap());
        assertThat(first.tokens()).isNotEqualTo(newest.tokens());
    }

    private static JsonNode choice(JsonNode answer) {
        return answer.path("choices").path(0);
    }

    private static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size())
                .map(i -> array.get(i).intValue())
                .toArray();
    }

    @Test
    void samplesWithASeedAreThoseOfTheSamplerAndComeAgain() throws Exception {
        // Given
        SamplerSpec sampler = Specs.sampler(9);
        String asked = "'prompt': ['12', '345'], 'n': 2, 'seed': 11, 'temperature': 1, 'max_tokens': 9";

        // When
        JsonNode answer = complete(asked);
        JsonNode again = complete(asked);

        // Then
        assertThat(answer.path("choices")).hasSize(4).isEqualTo(again.path("choices"));
        for (int i = 0; i < 4; i++) {
            SampledResponse expected = ServedRun.direct(sampler, i < 2 ? "12" : "345", 11, i % 2, 1);
            JsonNode choice = answer.path("choices").path(i);
            assertThat(choice.path("index").asInt()).isEqualTo(i);
            assertThat(choice.path("text").asText()).isEqualTo(ServedRun.text(expected));
            assertThat(choice.path("finish_reason").asText())
                    .isEqualTo(expected.stopReason() == StopReason.LENGTH ? "length" : "stop");
        }
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(5);
    }

    @Test
    void streamedPiecesAreTheWhole() throws Exception {
        // Given
        String asked = "'prompt': '123', 'seed': 5, 'temperature': 1.5, 'max_tokens': 24, 'n': 2, 'logprobs': 0";
        JsonNode whole = complete(asked);

        // When
        List<JsonNode> events = served.events(
                ServedRun.ask("served", asked + ", 'stream': true, 'stream_options': {'include_usage': true}"));

        // Then
        for (int i = 0; i < 2; i++) {
            int index = i;
            JsonNode expected = whole.path("choices").path(i);
            List<JsonNode> pieces = events.stream()
                    .map(CompletionsIT::choice)
                    .filter(choice -> choice.path("index").asInt(-1) == index)
                    .toList();
            assertThat(pieces.stream().map(piece -> piece.path("text").asText()).reduce("", String::concat))
                    .isEqualTo(expected.path("text").asText());
            assertThat(pieces.stream().flatMap(piece -> texts(piece.at("/logprobs/tokens")).stream()))
                    .containsExactlyElementsOf(texts(expected.at("/logprobs/tokens")));
            assertThat(pieces.get(pieces.size() - 1).path("finish_reason")).isEqualTo(expected.path("finish_reason"));
            assertThat(pieces.subList(0, pieces.size() - 1))
                    .allSatisfy(piece ->
                            assertThat(piece.path("finish_reason").isNull()).isTrue());
        }
        assertThat(events.get(events.size() - 1).path("usage")).isEqualTo(whole.path("usage"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    @Test
    void everyFinishedBlockIsOneEvent() throws Exception {
        // Given
        SampledResponse expected = ServedRun.direct(ServedRun.greedy(), "123", 0, 0, 1);

        // When
        List<JsonNode> events = served.events(ServedRun.ask("served", "'prompt': '123', 'stream': true"));

        // Then
        assertThat(events).hasSize(expected.blockVersions().length);
    }

    @Test
    void logProbabilitiesAreThoseOfUnmasking() throws Exception {
        // Given
        SamplerSpec sampler = Specs.sampler(12);
        SampledResponse expected = ServedRun.direct(sampler, "99", 3, 0, 1);

        // When
        JsonNode answer = complete("'prompt': '99', 'seed': 3, 'temperature': 1, 'logprobs': 1");

        // Then
        JsonNode logProbs = choice(answer).at("/logprobs/token_logprobs");
        assertThat(logProbs.size())
                .isEqualTo(answer.at("/usage/completion_tokens").asInt())
                .isPositive();
        for (int i = 0; i < logProbs.size(); i++) {
            assertThat(logProbs.get(i).floatValue()).isCloseTo(expected.logProbs()[i], within(1e-5f));
        }
    }

    @Test
    void aChatIsThePromptInTheTemplateOfTheRun() throws Exception {
        // Given
        String plain = ServedRun.text(ServedRun.direct(ServedRun.greedy(), "42", 0, 0, 1));

        // When
        JsonNode answer = served.answer(
                "/v1/chat/completions",
                ServedRun.ask("served", "'messages': [{'role': 'user', 'content': [{'type': 'text', 'text': '42'}]}]"));

        // Then
        assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
        assertThat(choice(answer).at("/message/content").asText()).isEqualTo(plain);
        assertThat(choice(answer).at("/message/role").asText()).isEqualTo("assistant");
    }

    @Test
    void aStopEndsTheTextBeforeIt() throws Exception {
        // Given
        String whole = choice(complete("'prompt': '123', 'max_tokens': 40"))
                .path("text")
                .asText();
        String stop = whole.substring(1, 3);

        // When
        JsonNode answer = complete("'prompt': '123', 'max_tokens': 40, 'stop': ['" + stop + "']");

        // Then
        assertThat(choice(answer).path("text").asText()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(choice(answer).path("finish_reason").asText()).isEqualTo("stop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'model': 'other', 'prompt': '1'}                               | 404 | model              | use 'served' for the newest weights
            {'model': 'served@77', 'prompt': '1'}                           | 404 | model              | version 77 is not published
            {'prompt': '1'}                                                 | 400 | model              | model is missing
            {'model': 'served'}                                             | 400 | prompt             | prompt is missing
            {'model': 'served', 'prompt': 'x'}                              | 400 | prompt             | cannot be encoded
            {'model': 'served', 'prompt': []}                               | 400 | prompt             | an array of token ids
            {'model': 'served', 'prompt': [1, 99]}                          | 400 | prompt             | prompt token 99 is not in 0..12
            {'model': 'served', 'prompt': '1', 'tracerl': {'blockSize': 5}} | 400 | tracerl.blockSize  | an integer from 1 to 4
            {'model': 'served', 'prompt': '1', 'tracerl': {'stepsPerBlock': 5}} | 400 | tracerl.stepsPerBlock | an integer from 1 to 4
            {'model': 'served', 'prompt': '1', 'max_tokens': 64}            | 400 | prompt             | need 68 positions
            {'model': 'served', 'prompt': '1', 'max_tokens': 0}             | 400 | max_tokens         | max_tokens is 0
            {'model': 'served', 'prompt': '1', 'temperature': 0.001}        | 400 | temperature        | must be 0, or from 0.01
            {'model': 'served', 'prompt': '1', 'top_p': 0}                  | 400 | top_p              | greater than 0
            {'model': 'served', 'prompt': '1', 'n': 17}                     | 400 | n                  | from 1 to 16
            {'model': 'served', 'prompt': '1', 'stop': ['']}                | 400 | stop               | none of them empty
            {'model': 'served', 'prompt': '1', 'stream': 1}                 | 400 | stream             | must be true or false
            {'model': 'served', 'prompt': '1', 'echo': true}                | 400 | echo               | not supported
            {'model': 'served', 'prompt': '1', 'tracerl': {'blocks': 4}}    | 400 | tracerl.blocks     | is not known
            {'model': 'served', 'prompt': '1', 'tracerl': {'unmasking': 'X'}} | 400 | tracerl.unmasking | must be one of
            {'model': 'served', 'prompt': '1', 'tracerl': {'prefixCache': true}} | 400 | tracerl       | full-attention
            {'model': 'served', 'prompt': ['1','1','1','1','1','1','1','1','1']} | 400 | prompt        | at most 8
            {'model': 'served', 'prompt': ['x','x','x','x','x','x','x','x','x']} | 400 | prompt        | at most 8
            nonsense                                                        | 400 |                    | no JSON object
            """)
    void whatCannotBeAnsweredIsRefusedWithTheFieldAndTheReason(String body, int status, String param, String message)
            throws Exception {
        // When
        Answer answer = served.post(body.replace('\'', '"'));

        // Then
        JsonNode error = ServedRun.json(answer.body()).path("error");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(error.path("message").asText()).contains(message);
        assertThat(error.path("param").isNull() ? null : error.path("param").asText())
                .isEqualTo(param);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("code").asText()).isNotBlank();
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        // When
        Answer answer = served.post("x".repeat(1_100_000));

        // Then
        assertThat(answer.status()).isEqualTo(413);
        assertThat(ServedRun.json(answer.body()).at("/error/message").asText()).contains("more than 1048576 bytes");
    }

    @Test
    void fieldsThatNobodyKnowsAreIgnored() throws Exception {
        // When
        JsonNode answer = complete("'prompt': '1', 'user': 'me', 'presence_penalty': 0, 'store': false, 'stop': null");

        // Then
        assertThat(answer.path("choices")).hasSize(1);
    }

    @Test
    void withoutARunOrWeightsTheServiceIsUnavailableAndSaysWhy() throws Exception {
        assertThat(served.idle().status()).isEqualTo(503);
        assertThat(ServedRun.json(served.idle().body()).at("/error/code").asText())
                .isEqualTo("no_run");
        assertThat(served.weightless().status()).isEqualTo(503);
        assertThat(ServedRun.json(served.weightless().body())
                        .at("/error/message")
                        .asText())
                .contains("no weights yet");
    }

    @Test
    void withoutTheKeyNothingIsAnswered() throws Exception {
        // When
        Answer models = served.service().get("/v1/models");
        Answer wrong =
                served.service().post(PATH, ServedRun.ask("served", "'prompt': '1'"), "Authorization", "Bearer guess");

        // Then
        assertThat(models.status()).isEqualTo(401);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(ServedRun.json(wrong.body()).at("/error/code").asText()).isEqualTo("invalid_api_key");
    }

    @Test
    void completionsAreCountedAndNeverReachTheLog() throws Exception {
        // When
        complete("'prompt': '123'");

        // Then
        assertThat(served.service().get("/q/metrics").body())
                .containsPattern(
                        "rollout_completions_requests_total\\{endpoint=\"completions\",run=\"served\",status=\"200\"} [1-9]")
                .containsPattern("rollout_completions_seconds_count\\{endpoint=\"completions\",run=\"served\"} [1-9]")
                .containsPattern(
                        "rollout_completions_tokens_total\\{endpoint=\"completions\",kind=\"prompt\",run=\"served\"} [1-9]")
                .contains("rollout_completions_prompts{run=\"served\"} 0.0")
                .doesNotContain("rollout_trajectories_total{");
        assertThat(served.log().trajectories()).isEmpty();
        assertThat(served.log().deadLetters()).isEmpty();
    }
}
