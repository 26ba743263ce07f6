package dev.tracerl.ops.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.test.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Runs on a real broker and a real registry. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunCreatorIT {

    private static final Path FILE = Path.of("..", "runs", "sudoku.yaml");

    private EmbeddedKafka kafka;
    private EmbeddedRegistry registry;
    private Connection connection;
    private AvroSerdes serdes;
    private RunCreator creator;

    @BeforeAll
    void start() {
        kafka = EmbeddedKafka.start();
        registry = EmbeddedRegistry.start();
        connection = new Connection(kafka.bootstrapServers(), registry.url());
        serdes = connection.serdes();
        creator = new RunCreator(connection, serdes);
    }

    @AfterAll
    void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void creatingARunTwiceChangesNothing() {
        // Given
        PlannedRun run = warmUp("twice", spec -> {});
        boolean first = creator.create(run);
        int tasks = count(Topics.TASKS);

        // When
        boolean second = creator.create(warmUp("twice", spec -> {}));

        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(count(Topics.TASKS)).isEqualTo(tasks);
        assertThat(count(RunTopics.of("twice").demonstrations()))
                .isEqualTo(run.demonstrations().orElseThrow().count());
        assertThat(TopicReader.latest(connection, serdes, Topics.RUNS)).containsEntry("twice", run.spec());
    }

    @Test
    void aRunOfThatNameWithOtherSettingsIsRefused() {
        // Given
        creator.create(warmUp("other", spec -> {}));

        // When // Then
        assertThatThrownBy(() -> creator.create(warmUp("other", spec -> {
                    spec.put("seed", 99);
                    spec.put("createdAt", 2_000L);
                    spec.put("description", "Another one");
                    spec.withObject("/model/config").put("hidden_size", 48);
                    spec.withObject("/stop").remove("targetSet");
                    spec.withObject("/stop").remove("targetAccuracy");
                })))
                .isInstanceOf(RunConflictException.class)
                .hasMessage("""
                        run other exists with other settings: choose another runId
                          description: there Supervised warm-up on generated puzzles with their solutions, here Another one
                          model.config.hidden_size: there 96, here 48
                          seed: there 1, here 99
                          stop.targetAccuracy: there 0.3, here nothing
                          stop.targetSet: there sudoku-validation, here nothing""");
    }

    @Test
    void aTaskSetWithOtherTasksIsRefused() {
        // Given
        creator.create(warmUp("before", spec -> {}));
        PlannedRun run = warmUp("after", spec -> {});
        TaskSource source = run.data().get(0);
        TaskSource reseeded = new TaskSource(
                source.set(),
                source.kind(),
                source.origin(),
                source.count(),
                4711,
                source.minBlanks(),
                source.maxBlanks());

        // When // Then
        assertThatThrownBy(() -> creator.create(new PlannedRun(run.spec(), List.of(reseeded), run.demonstrations())))
                .isInstanceOf(RunConflictException.class)
                .hasMessage("task set %s is loaded with other tasks: choose another name", source.set());
    }

    @Test
    void aDeploymentIsAssignedOnce() {
        // Given
        creator.create(warmUp("assigned", spec -> {}));
        int before = count(Topics.ASSIGNMENTS);

        // When
        creator.assign("local", "assigned");
        creator.assign("local", "assigned");

        // Then
        assertThat(count(Topics.ASSIGNMENTS)).isEqualTo(before + 1);
    }

    private static PlannedRun warmUp(String runId, Consumer<ObjectNode> edit) {
        return RunFile.read(FILE, documents -> {
                    documents.get(0).put("runId", runId);
                    documents.get(0).put("createdAt", 1_000L);
                    edit.accept(documents.get(0));
                })
                .get(0);
    }

    private int count(Topic<?> topic) {
        AtomicInteger count = new AtomicInteger();
        TopicReader.each(connection, serdes, topic, (key, value) -> count.incrementAndGet());
        return count.get();
    }
}
