package dev.tracerl.schemas;

import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The topics that all runs share. Together with {@link RunTopics} the only place where a topic is named. */
public final class Topics {

    /** Largest record of any topic, in bytes: fits a group of long responses and the largest weight chunk. */
    public static final int MAX_RECORD_BYTES = 64 * 1024 * 1024;

    public static final Topic<RunSpec> RUNS = compacted("runs", RunSpec.class, 1);
    public static final Topic<RunStatus> RUN_STATUS = compacted("run-status", RunStatus.class, 1);
    public static final Topic<Assignment> ASSIGNMENTS = compacted("assignments", Assignment.class, 1);
    public static final Topic<Task> TASKS = compacted("tasks", Task.class, 4);

    private Topics() {}

    /** All shared topics. */
    public static List<Topic<?>> shared() {
        return List.of(RUNS, RUN_STATUS, ASSIGNMENTS, TASKS);
    }

    static <V extends SpecificRecord> Topic<V> compacted(String name, Class<V> valueType, int partitions) {
        return new Topic<>(name, valueType, partitions, settings("compact"));
    }

    /** A topic without any limit on retention: the log is the record of the run. */
    static <V extends SpecificRecord> Topic<V> kept(String name, Class<V> valueType, int partitions) {
        Map<String, String> settings = settings("delete");
        settings.put("retention.ms", "-1");
        settings.put("retention.bytes", "-1");
        return new Topic<>(name, valueType, partitions, settings);
    }

    private static Map<String, String> settings(String cleanup) {
        Map<String, String> settings = new HashMap<>();
        settings.put("cleanup.policy", cleanup);
        settings.put("max.message.bytes", String.valueOf(MAX_RECORD_BYTES));
        return settings;
    }
}
