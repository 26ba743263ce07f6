package dev.tracerl.reward.port;

import dev.tracerl.schemas.avro.Task;
import java.util.Optional;

/** The tasks that can be posed. */
public interface TaskCatalog {

    /** Looks a task up. */
    Lookup find(String taskId);

    /**
     * Outcome of a lookup.
     *
     * @param task the task, absent if it is missing or cannot be decoded
     * @param problem why it is absent; empty if it is not
     * @param origin where the task is from
     */
    record Lookup(Optional<Task> task, String problem, Origin origin) {}
}
