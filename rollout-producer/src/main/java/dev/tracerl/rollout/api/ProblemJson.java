package dev.tracerl.rollout.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.rollout.completion.Problem;
import io.vertx.core.http.HttpServerResponse;

/** Problems in OpenAI's form. */
final class ProblemJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RETRY_SECONDS = "1";

    private ProblemJson() {}

    static ObjectNode of(Problem problem) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error")
                .put("message", problem.message())
                .put("type", problem.type())
                .put("param", problem.param())
                .put("code", problem.code());
        return body;
    }

    static void send(HttpServerResponse response, Problem problem) {
        response.setStatusCode(problem.status()).putHeader("Content-Type", "application/json");
        if (problem.status() == 429 || problem.status() == 503) {
            response.putHeader("Retry-After", RETRY_SECONDS);
        }
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.end(of(problem).toString()).onFailure(gone -> {});
    }
}
