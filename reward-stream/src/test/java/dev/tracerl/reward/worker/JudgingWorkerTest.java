package dev.tracerl.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.avro.VerificationRequest;
import dev.tracerl.verifiers.judge.JudgeVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A worker that asks a language model, which a server on this host stands for. */
class JudgingWorkerTest {

    @Test
    void scoresOfStepsTravelWithTheirEnds() throws IOException {
        // Given
        VerificationRequest request = request(Map.of("model", "grader", "scores", "steps"), "Two.\n\nFive.");

        // When
        VerificationAnswer answer = answer(request, "{\\\"scores\\\": [1, 0.5]}");

        // Then
        assertThat(answer.getVerifier()).isEqualTo("judge");
        assertThat(answer.getOutcome()).isEqualTo(VerdictOutcome.PARTIAL);
        assertThat(answer.getScore()).isEqualTo(0.5);
        assertThat(answer.getStepRewards()).containsExactly(1.0, 0.5);
        assertThat(answer.getStepEnds()).containsExactly(6, 11);
    }

    @Test
    void aJudgeThatRamblesGivesNoScore() throws IOException {
        // Given
        VerificationRequest request = request(Map.of("model", "grader", "scores", "steps"), "Two.\n\nFive.");

        // When
        VerificationAnswer answer = answer(request, "I give it a 1.");

        // Then
        assertThat(answer.getOutcome()).isEqualTo(VerdictOutcome.FAILED);
        assertThat(answer.getScore()).isNull();
        assertThat(answer.getStepRewards()).isNull();
    }

    private static VerificationAnswer answer(VerificationRequest request, String content) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            byte[] body = ("{\"choices\": [{\"message\": {\"content\": \"" + content + "\"}}]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
            JudgeVerifier judge = JudgeVerifier.of(Map.of("TRACERL_JUDGE_URL", url));
            return new Checker(Map.of("judge", judge), "verifier-0").check(request);
        } finally {
            server.stop(0);
        }
    }

    private static VerificationRequest request(Map<String, String> inputs, String answer) {
        Task task = Task.newBuilder(Records.task(Runs.TRAIN, 0))
                .setKind("judge")
                .setInputs(inputs)
                .build();
        return VerificationRequest.newBuilder()
                .setTrajectoryId("toy-t-000005/0")
                .setGroupId("toy-t-000005")
                .setRunId(Runs.RUN)
                .setSample(0)
                .setTask(task)
                .setAnswer(answer)
                .setMaxOperations(0)
                .setTimeLimitMillis(1)
                .build();
    }
}
