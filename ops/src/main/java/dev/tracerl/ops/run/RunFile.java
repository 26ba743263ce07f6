package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.schemas.avro.RunSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Reads run files: {@code data} holds the task sets that are loaded, {@code runs} the runs in the order in which they
 * are to be done, each with the fields of {@link RunSpec} and, for supervised runs, {@code demonstrations}; see
 * {@code data.avsc}. A run's {@code createdAt} is now unless given, and its {@code parent} the run whose weights it starts
 * from.
 */
public final class RunFile {

    private static final String DATA = "data";
    private static final String RUNS = "runs";
    private static final String DEMONSTRATIONS = "demonstrations";
    private static final Schema EXTRAS = loadSchema();

    private final Path file;
    private final Problems problems = new Problems();

    private RunFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param edit changes the runs before they are checked
     * @throws RunFileException listing everything that is wrong
     */
    public static List<PlannedRun> read(Path file, Consumer<List<ObjectNode>> edit) {
        return new RunFile(file).read(edit);
    }

    /**
     * Checks a run that is in no file as one of a file is checked.
     *
     * @param name what the problems are about
     * @throws RunFileException listing everything that is wrong
     */
    static PlannedRun check(String name, ObjectNode run) {
        RunFile reader = new RunFile(Path.of(""));
        PlannedRun planned = reader.plan(run, "", List.of());
        reader.problems.throwIfAny(name);
        return planned;
    }

    private List<PlannedRun> read(Consumer<List<ObjectNode>> edit) {
        JsonNode root = YamlTree.read(file, problems);
        problems.throwIfAny(file.toString());
        root.fieldNames().forEachRemaining(this::requireKnown);
        List<ObjectNode> runs = runs(root.path(RUNS));
        problems.throwIfAny(file.toString());
        edit.accept(runs);
        List<TaskSource> data = data(root.path(DATA));
        List<PlannedRun> planned = new ArrayList<>();
        for (int index = 0; index < runs.size(); index++) {
            planned.add(plan(runs.get(index), Problems.at(RUNS, index), data));
        }
        problems.throwIfAny(file.toString());
        return planned;
    }

    private void requireKnown(String key) {
        if (!key.equals(DATA) && !key.equals(RUNS)) {
            problems.add(key, "unknown key; known are data, runs");
        }
    }

    private List<ObjectNode> runs(JsonNode node) {
        List<ObjectNode> runs = new ArrayList<>();
        if (!(node instanceof ArrayNode) || node.isEmpty()) {
            problems.add(RUNS, "expected a list of at least one run");
        }
        for (JsonNode run : node) {
            if (run instanceof ObjectNode object) {
                runs.add(object);
            } else {
                problems.add(Problems.at(RUNS, runs.size()), "expected keys and values, found " + run);
            }
        }
        return runs;
    }

    private PlannedRun plan(ObjectNode run, String path, List<TaskSource> data) {
        JsonNode demonstrations = run.remove(DEMONSTRATIONS);
        if (!run.has("createdAt")) {
            run.put("createdAt", System.currentTimeMillis());
        }
        nameParent(run);
        ModelShorthand.expand(run, file, path, problems);
        int before = problems.count();
        RunSpec spec = (RunSpec) new YamlToAvro(SpecificData.getForClass(RunSpec.class), problems)
                .record(run, RunSpec.getClassSchema(), path);
        if (problems.count() == before) { // otherwise it is incomplete
            RunValues.check(spec, path, problems);
        }
        return new PlannedRun(spec, data, demonstrations(demonstrations, path));
    }

    /** A run that starts from the weights of another one was forked from it. */
    private static void nameParent(ObjectNode run) {
        JsonNode initial = run.path("model").path("initial");
        boolean forked = initial.path("source").asText().equalsIgnoreCase("RUN") && initial.hasNonNull("runId");
        if (forked && !run.has("parent")) {
            String version =
                    initial.hasNonNull("version") ? "@" + initial.get("version").asText() : "";
            run.put("parent", initial.get("runId").asText() + version);
        }
    }

    private Optional<DemonstrationSource> demonstrations(@Nullable JsonNode node, String path) {
        if (node == null) {
            return Optional.empty();
        }
        Schema schema = EXTRAS.getField(DEMONSTRATIONS).schema();
        Object source =
                new YamlToAvro(GenericData.get(), problems).value(node, schema, Problems.at(path, DEMONSTRATIONS));
        return source instanceof IndexedRecord record && isComplete(record)
                ? Optional.of(DemonstrationSource.of(record))
                : Optional.empty();
    }

    private List<TaskSource> data(JsonNode node) {
        if (node.isMissingNode()) {
            return List.of();
        }
        Object sources = new YamlToAvro(GenericData.get(), problems)
                .value(node, EXTRAS.getField(DATA).schema(), DATA);
        List<TaskSource> complete = new ArrayList<>();
        for (Object source : (List<?>) Objects.requireNonNull(sources)) {
            if (source instanceof IndexedRecord record && isComplete(record)) {
                complete.add(TaskSource.of(record));
            }
        }
        return complete;
    }

    private static boolean isComplete(IndexedRecord record) {
        return record.getSchema().getFields().stream().allMatch(field -> record.get(field.pos()) != null);
    }

    private static Schema loadSchema() {
        try (InputStream schema = RunFile.class.getResourceAsStream("data.avsc")) {
            return new Schema.Parser().parse(schema);
        } catch (IOException e) {
            throw new IllegalStateException("data.avsc cannot be read", e);
        }
    }
}
