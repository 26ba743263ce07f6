package dev.tracerl.ops.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The registry's rule for schema changes: a local registry starts without one. */
final class RegistryCompatibility {

    private static final String BODY = "{\"compatibility\": \"FULL_TRANSITIVE\"}";

    private RegistryCompatibility() {}

    static void requireFullTransitive(String registryUrl) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registryUrl + "/config"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new StackException("the registry refused the compatibility rule FULL_TRANSITIVE: status %d, %s"
                        .formatted(answer.statusCode(), answer.body()));
            }
        } catch (IOException e) {
            throw new StackException("the registry did not take the compatibility rule: " + e.getMessage(), e);
        }
    }
}
