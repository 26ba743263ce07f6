package dev.tracerl.reward.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what instances answer about groups. */
final class GroupAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private GroupAnswers() {}

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(answer.body(), e);
        }
    }

    static boolean is(JsonNode group, String state) {
        return group.get("state").asText().equals(state);
    }

    static String sample(JsonNode group, int sample) {
        return group.get("samples").path(sample).path("state").asText();
    }

    /** The instance that answered. */
    static String host(JsonNode group) {
        return group.path("host").asText();
    }

    /** The fields of a group that another answer has, but for who answers: only admission knows the task of a closed group. */
    static JsonNode sameFields(JsonNode group, JsonNode other) {
        Set<String> names = new HashSet<>();
        other.fieldNames().forEachRemaining(names::add);
        names.remove("host");
        return ((ObjectNode) group.deepCopy()).retain(names);
    }

    /** Requires a group, an instance to ask instead, or when to ask again: never that there is no such group. */
    static void assertKnownOrLater(HttpResponse<String> answer, List<ServiceProcess> instances) {
        assertThat(answer)
                .as("%s: %d %s", answer.uri(), answer.statusCode(), answer.body())
                .matches(some -> some.statusCode() == 200
                        || isLater(some)
                        || instances.stream().anyMatch(instance -> isRedirectedTo(some, instance)));
    }

    static boolean isLater(HttpResponse<String> answer) {
        return answer.statusCode() == 503
                && answer.body().contains("try again")
                && answer.headers().firstValue("Retry-After").isPresent();
    }

    private static boolean isRedirectedTo(HttpResponse<String> answer, ServiceProcess instance) {
        return answer.statusCode() == 307
                && answer.headers().firstValue("Location").orElse("").startsWith("http://" + instance.host());
    }
}
