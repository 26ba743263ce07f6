package dev.tracerl.verifiers.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A server on this host that answers requests for chat completion as a test wants it. */
final class StubJudge implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<Behavior> behavior = new AtomicReference<>();

    /** Bodies of all requests, and their headers. */
    final List<JsonNode> requests = new CopyOnWriteArrayList<>();

    final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** Answers one request, which is numbered from 1. */
    interface Behavior {
        void answer(Exchange exchange, int number) throws IOException, InterruptedException;
    }

    /** A request to answer. */
    record Exchange(HttpExchange http, JsonNode request) {

        /** Lets the judge say something. */
        void say(String content) throws IOException {
            send(200, completion(content, "stop"));
        }

        void send(int status, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = http.getResponseBody()) {
                out.write(bytes);
            }
        }

        String user() {
            return request.path("messages").path(1).path("content").asText();
        }

        String system() {
            return request.path("messages").path(0).path("content").asText();
        }
    }

    StubJudge(Behavior behavior) throws IOException {
        this.behavior.set(behavior);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
    }

    static String completion(String content, String finish) {
        return JSON.createObjectNode()
                .set(
                        "choices",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode()
                                        .put("finish_reason", finish)
                                        .set("message", JSON.createObjectNode().put("content", content))))
                .toString();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/";
    }

    /** A verifier that asks this server, without long pauses. */
    JudgeVerifier verifier(int concurrency) {
        JudgeSettings read = JudgeSettings.of(Map.of(
                JudgeSettings.URL, url(),
                JudgeSettings.KEY, "sk-secret",
                JudgeSettings.CONCURRENCY, String.valueOf(concurrency)));
        return verifier(read.endpoint(), read);
    }

    static JudgeVerifier verifier(URI endpoint, JudgeSettings settings) {
        JudgeClient client = new JudgeClient(new JudgeSettings(
                endpoint, settings.key(), settings.concurrency(), settings.maxCharacters(), Duration.ofMillis(1)));
        return new JudgeVerifier(() -> client);
    }

    private void handle(HttpExchange http) throws IOException {
        int number;
        JsonNode request = JSON.readTree(http.getRequestBody());
        synchronized (requests) {
            requests.add(request);
            authorizations.add(http.getRequestHeaders().getFirst("Authorization"));
            number = requests.size();
        }
        try {
            behavior.get().answer(new Exchange(http, request), number);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            http.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
