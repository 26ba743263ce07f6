package dev.tracerl.rollout.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.rollout.completion.Choice;
import dev.tracerl.rollout.completion.CompletionDoor;
import dev.tracerl.rollout.completion.CompletionListener;
import dev.tracerl.rollout.completion.CompletionRequest;
import dev.tracerl.rollout.completion.Piece;
import dev.tracerl.rollout.completion.Problem;
import dev.tracerl.rollout.completion.RefusedException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers one HTTP request, in one object or block by block. It is told on the thread of completions and writes on the
 * connection's.
 */
final class HttpAnswer implements CompletionListener {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Endpoint endpoint;
    private final HttpServerResponse response;
    private final Context connection;
    private final ApiMetrics metrics;
    private final Instant asked = Instant.now();
    private final Set<Integer> begun = new HashSet<>();
    private @Nullable Question question;
    private @Nullable AnswerJson form;

    /** @param connection on which the response may be written */
    HttpAnswer(Endpoint endpoint, HttpServerResponse response, Context connection, ApiMetrics metrics) {
        this.endpoint = endpoint;
        this.response = response;
        this.connection = connection;
        this.metrics = metrics;
    }

    /**
     * Reads what is asked.
     *
     * @throws RefusedException naming what is wrong
     */
    CompletionRequest read(byte[] body, CompletionDoor door) {
        Question asks = Question.parse(object(body), endpoint, door);
        question = asks;
        form = new AnswerJson(endpoint, asks, endpoint.idPrefix() + UUID.randomUUID(), asked.getEpochSecond());
        return asks.request();
    }

    private static ObjectNode object(byte[] body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw noJson(": " + e.getOriginalMessage());
        } catch (java.io.IOException e) {
            throw noJson(": " + e.getMessage());
        }
        throw noJson("");
    }

    private static RefusedException noJson(String detail) {
        return new RefusedException(
                new Problem(400, "invalid_request_error", "invalid_json", null, "the body is no JSON object" + detail));
    }

    @Override
    public void piece(CompletionRequest request, Piece piece) {
        event(form().chunk(piece, begun.add(piece.choice().index())));
    }

    @Override
    public void done(CompletionRequest request, List<Choice> choices) {
        metrics.ended("200");
        metrics.answered(
                Duration.between(asked, Instant.now()),
                AnswerJson.promptTokens(Objects.requireNonNull(question)),
                AnswerJson.completionTokens(choices));
        if (request.answer().stream()) {
            form().last(choices).ifPresent(this::event);
            end("data: [DONE]\n\n");
        } else {
            ObjectNode whole = form().whole(choices);
            write(() -> response.putHeader("Content-Type", "application/json")
                    .end(whole.toString())
                    .onFailure(gone -> {}));
        }
    }

    @Override
    public void refused(Problem problem) {
        metrics.ended(String.valueOf(problem.status()));
        if (begun.isEmpty()) {
            write(() -> ProblemJson.send(response, problem));
        } else {
            end("data: " + ProblemJson.of(problem) + "\n\n");
        }
    }

    private AnswerJson form() {
        return Objects.requireNonNull(form, "nothing was asked");
    }

    private void event(JsonNode data) {
        String text = "data: " + data + "\n\n";
        write(() -> {
            if (!response.headWritten()) {
                response.setChunked(true)
                        .putHeader("Content-Type", "text/event-stream")
                        .putHeader("Cache-Control", "no-cache");
            }
            response.write(text).onFailure(gone -> {});
        });
    }

    private void end(String text) {
        write(() -> response.end(text).onFailure(gone -> {}));
    }

    /** A client that has gone needs no answer. */
    private void write(Runnable writing) {
        connection.runOnContext(nothing -> {
            if (!response.ended() && !response.closed()) {
                writing.run();
            }
        });
    }
}
