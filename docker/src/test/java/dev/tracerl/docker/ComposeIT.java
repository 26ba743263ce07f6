package dev.tracerl.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A short run on two rollout containers, one of which is killed; then all containers are replaced. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeIT {

    private final ContainerStack stack = new ContainerStack(List.of("compose.yaml", "compose.local.yaml"), Map.of());

    private int restarts;
    private JsonNode audit;
    private JsonNode runs;
    private JsonNode weights;
    private JsonNode auditAfterwards;
    private JsonNode runsAfterwards;
    private JsonNode weightsAfterwards;

    @BeforeAll
    void runKillAndReplace(@TempDir Path folder) throws Exception {
        stack.start(Map.of("rollout-producer", 2));
        Command run = ShortRun.start(stack, folder);
        run.awaitOutput("run short begins", "step    2", ShortRun.LIMIT);
        stack.kill("rollout-producer-1");
        run.await(ShortRun.LIMIT);
        restarts =
                stack.container("rollout-producer-1").getCurrentContainerInfo().getRestartCount();
        audit = stack.json("audit", "--run", ShortRun.ID, "--json");
        runs = stack.json("runs", "--json");
        weights = stack.json("weights", "list", "--run", ShortRun.ID, "--json");
        stack.downAndUp();
        auditAfterwards = stack.json("audit", "--run", ShortRun.ID, "--json");
        runsAfterwards = stack.json("runs", "--json");
        weightsAfterwards = stack.json("weights", "list", "--run", ShortRun.ID, "--json");
    }

    @AfterAll
    void stop() throws Exception {
        stack.remove();
    }

    @Test
    void theLoopCloses() {
        JsonNode run = find(runs, ShortRun.ID);
        assertThat(run.get("state").asText()).isEqualTo("FINISHED");
        assertThat(run.get("step").asInt()).isEqualTo(ShortRun.STEPS);
        assertThat(run.get("version").asInt()).isEqualTo(ShortRun.STEPS);
    }

    @Test
    void aKilledContainerIsStartedAgainAndNothingIsLost() {
        assertThat(restarts).isPositive();
        assertThat(audit.get("finished").asBoolean()).isTrue();
        assertThat(audit.get("findings")).isEmpty();
        assertThat(audit.get("steps").asInt()).isEqualTo(ShortRun.STEPS);
    }

    @Test
    void newContainersOnTheSameVolumesHaveTheWholeState() {
        assertThat(auditAfterwards).isEqualTo(audit);
        assertThat(runsAfterwards).isEqualTo(runs);
        assertThat(weightsAfterwards).isNotEmpty().isEqualTo(weights);
    }

    private static JsonNode find(JsonNode runs, String runId) {
        for (JsonNode run : runs) {
            if (run.get("runId").asText().equals(runId)) {
                return run;
            }
        }
        throw new AssertionError("no run " + runId + " in " + runs);
    }
}
