package dev.tracerl.ops.run;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Puts a task set on the log. A task that is there already is not written again. */
public final class TaskSetLoader {

    private static final short BROKER_DEFAULT = -1;

    private final Connection connection;
    private final AvroSerdes serdes;

    /** A loader for one broker. */
    public TaskSetLoader(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.serdes = serdes;
    }

    /**
     * Writes what is missing.
     *
     * @return how many tasks were written
     * @throws RunConflictException if the set is there with other tasks; then nothing is written
     */
    public int load(String set, List<Task> tasks) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, Topics.shared(), BROKER_DEFAULT);
        }
        Map<String, Task> existing = TopicReader.latest(connection, serdes, Topics.TASKS);
        Map<String, Task> missing = new LinkedHashMap<>();
        for (Task task : tasks) {
            Task found = existing.get(task.getTaskId());
            if (found == null) {
                missing.put(task.getTaskId(), task);
            } else if (!found.equals(task)) {
                throw new RunConflictException("task set %s is loaded with another task %d: choose another name"
                        .formatted(set, task.getIndex()));
            }
        }
        new Loader(connection, serdes).send(Topics.TASKS, missing);
        return missing.size();
    }
}
