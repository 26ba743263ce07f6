package dev.tracerl.rollout.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.rollout.completion.Completions;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/** What can be asked, as OpenAI's list of models. */
final class ModelsJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelsJson() {}

    static ObjectNode list(Optional<Completions> completions) {
        ObjectNode list = JSON.createObjectNode().put("object", "list");
        ArrayNode models = list.putArray("data");
        completions.ifPresent(found -> models.add(of(found.door().run().getRunId(), found)));
        return list;
    }

    /** @param id the run, or a version of it, which need not exist */
    static ObjectNode of(String id, Completions completions) {
        ObjectNode model = JSON.createObjectNode()
                .put("id", id)
                .put("object", "model")
                .put("created", completions.door().run().getCreatedAt().getEpochSecond())
                .put("owned_by", "tracerl")
                .put("max_model_len", completions.door().model().maxPositions());
        ObjectNode extension = model.putObject(SamplerFields.EXTENSION);
        completions.newestVersion().ifPresent(version -> extension.put("newestVersion", version));
        extension.put("deterministic", completions.door().run().getDeterministic());
        return model;
    }

    static void send(HttpServerResponse response, ObjectNode body) {
        response.putHeader("Content-Type", "application/json")
                .end(body.toString())
                .onFailure(gone -> {});
    }
}
