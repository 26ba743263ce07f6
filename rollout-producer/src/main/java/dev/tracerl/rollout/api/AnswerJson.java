package dev.tracerl.rollout.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.rollout.completion.Choice;
import dev.tracerl.rollout.completion.FinishReason;
import dev.tracerl.rollout.completion.Piece;
import dev.tracerl.rollout.completion.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/** The answers to one question in OpenAI's form. */
final class AnswerJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Endpoint endpoint;
    private final Question question;
    private final String id;
    private final long created;

    /** @param created in seconds since 1970 */
    AnswerJson(Endpoint endpoint, Question question, String id, long created) {
        this.endpoint = endpoint;
        this.question = question;
        this.id = id;
        this.created = created;
    }

    /** All choices in one object. */
    ObjectNode whole(List<Choice> choices) {
        LongStream versions = choices.stream()
                .flatMapToLong(choice -> Arrays.stream(choice.response().blockVersions()));
        ObjectNode answer = head(endpoint.whole(), versions.toArray());
        ArrayNode array = answer.putArray("choices");
        choices.forEach(choice -> whole(array.addObject(), choice));
        answer.set("usage", usage(choices));
        return answer;
    }

    private void whole(ObjectNode node, Choice choice) {
        node.put("index", choice.index());
        if (endpoint == Endpoint.CHAT) {
            node.putObject("message")
                    .put("role", "assistant")
                    .put("content", choice.text())
                    .putNull("refusal");
        } else {
            node.put("text", choice.text());
        }
        finish(node, choice.tokens(), choice);
    }

    /** What one block added to one choice. */
    ObjectNode chunk(Piece piece, boolean first) {
        Choice choice = piece.choice();
        long[] versions = choice.response().blockVersions();
        ObjectNode answer = head(endpoint.chunk(), new long[] {versions[versions.length - 1]});
        ObjectNode node = answer.putArray("choices").addObject();
        node.put("index", choice.index());
        if (endpoint == Endpoint.CHAT) {
            ObjectNode delta = node.putObject("delta");
            if (first) {
                delta.put("role", "assistant");
            }
            delta.put("content", piece.text());
        } else {
            node.put("text", piece.text());
        }
        finish(node, piece.tokens(), choice);
        return answer;
    }

    /** The end of a stream, if the numbers of tokens are wanted. */
    Optional<ObjectNode> last(List<Choice> choices) {
        if (!question.usage()) {
            return Optional.empty();
        }
        LongStream versions = choices.stream()
                .flatMapToLong(choice -> Arrays.stream(choice.response().blockVersions()));
        ObjectNode answer = head(endpoint.chunk(), versions.toArray());
        answer.putArray("choices");
        answer.set("usage", usage(choices));
        return Optional.of(answer);
    }

    private ObjectNode head(String type, long[] versions) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("id", id).put("object", type).put("created", created).put("model", question.model());
        answer.put("system_fingerprint", fingerprint(versions));
        answer.putObject(SamplerFields.EXTENSION).put("seed", question.request().seed());
        return answer;
    }

    private String fingerprint(long[] versions) {
        long oldest = Arrays.stream(versions).min().orElseThrow();
        long newest = Arrays.stream(versions).max().orElseThrow();
        String run = ModelName.parse(question.model()).run();
        return run + "@" + oldest + (newest == oldest ? "" : ".." + newest);
    }

    private void finish(ObjectNode node, List<Token> tokens, Choice choice) {
        node.put("finish_reason", choice.reason().map(AnswerJson::name).orElse(null));
        if (question.request().answer().logProbs()) {
            node.set("logprobs", endpoint == Endpoint.CHAT ? chatLogProbs(tokens) : logProbs(tokens));
        } else {
            node.putNull("logprobs");
        }
        if (question.trace() && choice.reason().isPresent()) {
            node.set(SamplerFields.EXTENSION, trace(choice.response()));
        }
    }

    private static String name(FinishReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode logProbs(List<Token> tokens) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode texts = node.putArray("tokens");
        ArrayNode logProbs = node.putArray("token_logprobs");
        ArrayNode offsets = node.putArray("text_offset");
        node.putNull("top_logprobs");
        tokens.forEach(token -> {
            texts.add(token.text());
            logProbs.add(token.logProb());
            offsets.add(token.offset());
        });
        return node;
    }

    private static ObjectNode chatLogProbs(List<Token> tokens) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode content = node.putArray("content");
        node.putNull("refusal");
        for (Token token : tokens) {
            ObjectNode each = content.addObject().put("token", token.text()).put("logprob", token.logProb());
            ArrayNode bytes = each.putArray("bytes");
            for (byte value : token.text().getBytes(UTF_8)) {
                bytes.add(value & 0xFF);
            }
            each.putArray("top_logprobs");
        }
        return node;
    }

    /** What a trajectory would hold, by the same names. */
    private static ObjectNode trace(SampledResponse response) {
        ObjectNode node = JSON.createObjectNode();
        node.set("tokens", JSON.valueToTree(response.tokens()));
        node.set("stepMap", JSON.valueToTree(response.stepMap()));
        node.set("logProbs", JSON.valueToTree(response.logProbs()));
        node.set("blockVersions", JSON.valueToTree(response.blockVersions()));
        return node.put("forwards", response.forwards());
    }

    private ObjectNode usage(List<Choice> choices) {
        int prompt = promptTokens(question);
        int completion = completionTokens(choices);
        return JSON.createObjectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
    }

    static int promptTokens(Question question) {
        return question.request().prompts().stream()
                .mapToInt(prompt -> prompt.tokens().length)
                .sum();
    }

    static int completionTokens(List<Choice> choices) {
        return choices.stream().mapToInt(Choice::count).sum();
    }
}
