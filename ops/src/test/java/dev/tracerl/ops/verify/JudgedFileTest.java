package dev.tracerl.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.tracerl.verifiers.judge.JudgeVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A file that a language model judges, which a server on this host stands for. */
class JudgedFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void stepsAreScoredInTheOutput() throws IOException {
        // Given
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            String content = JSON.writeValueAsString("{\"scores\": [1, 0], \"reason\": \"2 + 2 is 4\"}");
            byte[] body =
                    ("{\"choices\": [{\"message\": {\"content\": " + content + "}}]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String line = "{\"id\": \"1\", \"prompt\": \"2 + 2?\", \"response\": \"Two and two.\\n\\nFive.\","
                + " \"model\": \"grader\", \"scores\": \"steps\"}\n";
        StringWriter out = new StringWriter();

        // When
        FileJudge.Counts counts;
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
            counts = new FileJudge(JudgeVerifier.of(Map.of("TRACERL_JUDGE_URL", url)))
                    .judge(new BufferedReader(new StringReader(line)), out, (number, reason) -> {});
        } finally {
            server.stop(0);
        }

        // Then
        assertThat(counts).isEqualTo(new FileJudge.Counts(Map.of("incorrect", 1L), 0));
        JsonNode judged = JSON.readTree(out.toString());
        assertThat(judged.get("score").asDouble()).isZero();
        assertThat(judged.get("reason").asText()).isEqualTo("judge: 2 + 2 is 4");
        assertThat(judged.get("steps").toString()).isEqualTo("[{\"end\":14,\"score\":1.0},{\"end\":19,\"score\":0.0}]");
    }
}
