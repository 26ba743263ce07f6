package dev.tracerl.reward.topology;

import dev.tracerl.reward.port.Origin;
import dev.tracerl.reward.port.TaskCatalog;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Task;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The tasks of the global store, which holds them as they are on the topic. */
record StoreTasks(ReadOnlyKeyValueStore<String, byte[]> store, Deserializer<Task> deserializer) implements TaskCatalog {

    private static final int UNKNOWN = -1;

    @Override
    public Lookup find(String taskId) {
        byte[] bytes = store.get(taskId);
        Origin origin =
                new Origin(Topics.TASKS.name(), UNKNOWN, UNKNOWN, taskId.getBytes(StandardCharsets.UTF_8), bytes);
        if (bytes == null) {
            return new Lookup(Optional.empty(), "it is not on the topic " + Topics.TASKS.name(), origin);
        }
        Decoded<Task> decoded = Decoded.of(deserializer, Topics.TASKS.name(), bytes);
        return new Lookup(decoded.value(), decoded.problem(), origin);
    }
}
