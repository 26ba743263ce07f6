package dev.tracerl.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatusReportTest {

    @Test
    void itShowsWhereEveryRolloutWorkerAnswersClients() {
        // Given
        List<StatusReport.StackProcess> processes = List.of(
                process("rollout-producer", 8081), process("rollout-producer-2", 8082), process("reward-stream", 8083));
        StatusReport report = new StatusReport(
                "data", "READY", "127.0.0.1:9092", "http://127.0.0.1:8080", null, null, processes, List.of());

        // When
        List<String> lines = report.lines();

        // Then
        assertThat(lines)
                .endsWith("Completions: http://127.0.0.1:8081/v1", "Completions: http://127.0.0.1:8082/v1")
                .filteredOn(line -> line.startsWith("Completions"))
                .hasSize(2);
    }

    private static StatusReport.StackProcess process(String name, int port) {
        return new StatusReport.StackProcess(name, "ready", 1, 0, "http://127.0.0.1:" + port + "/q/health/ready");
    }
}
