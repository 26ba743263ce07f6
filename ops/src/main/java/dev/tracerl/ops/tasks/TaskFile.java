package dev.tracerl.ops.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.verifiers.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A file of tasks of one kind, read into a task set. */
public final class TaskFile {

    private final String kind;
    private final TaskShape shape;
    private final @Nullable Verifier verifier;

    /**
     * A file of tasks of a kind.
     *
     * @param verifier checks that each task can be judged; none: they are taken as they are
     * @throws IllegalArgumentException if there is no shape for the kind
     */
    public TaskFile(String kind, @Nullable Verifier verifier) {
        this.kind = kind;
        this.shape = TaskShape.of(kind);
        this.verifier = verifier;
    }

    /**
     * Reads the tasks, numbered from 0 without gaps.
     *
     * @param problems takes the line and the reason of every entry that is left out
     */
    public List<Task> read(String set, Path file, BiConsumer<Long, String> problems) throws IOException {
        List<Task> tasks = new ArrayList<>();
        EntryReader.read(file, new EntryReader.Sink() {
            @Override
            public void entry(long line, JsonNode entry) {
                try {
                    tasks.add(task(set, tasks.size(), entry));
                } catch (BadTaskException e) {
                    problems.accept(line, String.valueOf(e.getMessage()));
                }
            }

            @Override
            public void bad(long line, String reason) {
                problems.accept(line, reason);
            }
        });
        return tasks;
    }

    private Task task(String set, int index, JsonNode entry) {
        if (!entry.isObject()) {
            throw new BadTaskException("is not a JSON object");
        }
        TaskDraft draft = shape.draft(new Fields(entry));
        Optional<String> invalid =
                verifier == null ? Optional.empty() : verifier.invalid(draft.asInputs(Ids.task(set, index), kind));
        if (invalid.isPresent()) {
            throw new BadTaskException(invalid.get());
        }
        return draft.task(set, index, kind);
    }
}
