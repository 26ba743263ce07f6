package dev.tracerl.ops.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.cli.TracerlCommand;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.test.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Loads files into a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskSetLoaderIT {

    @TempDir
    private Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedRegistry registry;
    private Connection connection;

    @BeforeAll
    void start() {
        kafka = EmbeddedKafka.start();
        registry = EmbeddedRegistry.start();
        connection = new Connection(kafka.bootstrapServers(), registry.url());
    }

    @AfterAll
    void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void loadingTwiceWritesOnce() throws IOException {
        // Given
        Path file = Files.writeString(
                folder.resolve("m.jsonl"),
                "{\"question\":\"3*6?\",\"answer\":\"#### 18\"}\n{\"question\"\n{\"question\":\"1+1?\",\"answer\":\"#### 2\"}\n");

        // When
        int first = load("twice", file);
        int records = records();
        int second = load("twice", file);

        // Then
        assertThat(first).isEqualTo(1);
        assertThat(second).isEqualTo(1);
        assertThat(records()).isEqualTo(records);
        Task task = TopicReader.latest(connection, connection.serdes(), Topics.TASKS)
                .get("twice/1");
        assertThat(task.getPrompt()).isEqualTo("1+1?");
        assertThat(task.getInputs()).containsEntry("answer", "2");
    }

    @Test
    void aSetWithOtherTasksIsLeftAlone() throws IOException {
        // Given
        Path one = Files.writeString(folder.resolve("a.jsonl"), "{\"question\":\"q\",\"answer\":\"1\"}\n");
        Path two = Files.writeString(
                folder.resolve("b.jsonl"),
                "{\"question\":\"q\",\"answer\":\"2\"}\n{\"question\":\"r\",\"answer\":\"3\"}\n");

        // When
        int first = load("other", one);
        int second = load("other", two);

        // Then
        assertThat(first).isZero();
        assertThat(second).isEqualTo(2);
        assertThat(TopicReader.latest(connection, connection.serdes(), Topics.TASKS))
                .containsKey("other/0")
                .doesNotContainKey("other/1");
    }

    private int load(String set, Path file) {
        return TracerlCommand.execute(
                "tasks",
                "load",
                "--kind",
                "math",
                "--set",
                set,
                "--data-dir",
                folder.resolve("data").toString(),
                "--bootstrap-servers",
                connection.bootstrapServers(),
                "--registry-url",
                connection.registryUrl(),
                file.toString());
    }

    private int records() {
        AtomicInteger count = new AtomicInteger();
        TopicReader.each(connection, connection.serdes(), Topics.TASKS, (key, task) -> count.incrementAndGet());
        return count.get();
    }
}
