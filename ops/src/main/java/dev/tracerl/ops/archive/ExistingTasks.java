package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tasks that are on a broker already: they are shared by all runs, so a restore must find the same ones. */
final class ExistingTasks {

    private final Map<String, Task> tasks;

    private ExistingTasks(Map<String, Task> tasks) {
        this.tasks = tasks;
    }

    static ExistingTasks read(Connection connection, AvroSerdes serdes) {
        return new ExistingTasks(TopicReader.latest(connection, serdes, Topics.TASKS));
    }

    boolean has(byte @Nullable [] key) {
        return key != null && tasks.containsKey(new String(key, UTF_8));
    }

    /** @throws BadInputException if an archived task is there with other contents */
    void requireSame(ArchiveFolder folder, Manifest manifest) throws IOException {
        new ArchivedValues(folder, manifest)
                .each(Topics.TASKS.name(), Task.class, (key, task) -> task.ifPresent(this::requireSame));
    }

    private void requireSame(Task archived) {
        Task existing = tasks.get(archived.getTaskId());
        if (existing != null && !existing.equals(archived)) {
            throw new BadInputException(("task set %s is on that broker with another task %d: restore with "
                            + "--without-tasks, the run's records hold their tasks")
                    .formatted(archived.getSet(), archived.getIndex()));
        }
    }
}
