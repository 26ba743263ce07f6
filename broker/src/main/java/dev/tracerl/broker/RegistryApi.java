package dev.tracerl.broker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The few calls that bring a fresh Apicurio registry into the state that the project expects. */
public final class RegistryApi {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    /** An API at {@code address}, for instance {@code http://127.0.0.1:8080}. */
    public RegistryApi(String address) {
        this.address = address;
    }

    /** The address for {@code schema.registry.url}. */
    public String url() {
        return address + "/apis/ccompat/v7";
    }

    /** Polls until the registry is ready; false when the time is over or it is no longer {@code alive}. */
    public boolean awaitReady(Duration patience, BooleanSupplier alive) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (alive.getAsBoolean() && System.nanoTime() < deadline) {
            if (isReady()) {
                return true;
            }
            pause();
        }
        return false;
    }

    public boolean isReady() {
        try {
            return send(request("/health/ready").build()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes the registry refuse incompatible schemas: its own default refuses none. */
    public void requireFullCompatibility() throws IOException {
        HttpRequest request = request("/apis/ccompat/v7/config")
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
                .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 200) {
            throw new IOException("the registry refused its compatibility level: " + response.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
