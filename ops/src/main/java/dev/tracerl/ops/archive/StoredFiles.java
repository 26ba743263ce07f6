package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.StoredFile;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TrainerStateFile;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightManifest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The files of the weight store FILE that archived records name and that the run had not dropped by then. */
final class StoredFiles {

    private final RunTopics topics;
    private final String runId;
    private final Map<String, StoredFile> files = new LinkedHashMap<>(); // by location: a roll-back names one again

    private StoredFiles(String runId) {
        this.runId = runId;
        this.topics = RunTopics.of(runId);
    }

    /** Those of an archive that holds all records of the run. */
    static List<StoredFile> of(ArchiveFolder folder, Manifest manifest) throws IOException {
        StoredFiles named = new StoredFiles(manifest.runId());
        ArchivedValues values = new ArchivedValues(folder, manifest);
        named.read(values);
        Set<String> weights = values.keys(named.weightChunks());
        Set<String> states = values.keys(named.stateChunks());
        return named.files.values().stream()
                .filter(file -> (file.topic().equals(named.weightChunks()) ? weights : states)
                        .contains(Ids.chunk(file.number(), 0)))
                .toList();
    }

    private void read(ArchivedValues values) throws IOException {
        values.each(
                Cut.suffix(topics.weightsHistory(), runId),
                WeightManifest.class,
                (key, value) -> value.filter(found -> found.getStore() == StoreKind.FILE)
                        .ifPresent(this::add));
        Map<String, TrainerStateManifest> states = new TreeMap<>(); // a topic that is compacted
        values.each(Cut.suffix(topics.trainerStates(), runId), TrainerStateManifest.class, (key, value) -> {
            states.remove(key);
            value.filter(found -> found.getStore() == StoreKind.FILE).ifPresent(found -> states.put(key, found));
        });
        states.values().forEach(this::add);
    }

    private void add(WeightManifest version) {
        add(new StoredFile(
                weightChunks(),
                version.getVersion(),
                "weights " + runId + "@" + version.getVersion(),
                version.getLocation(),
                version.getSize(),
                version.getSha256(),
                false,
                null));
    }

    private void add(TrainerStateManifest state) {
        for (TrainerStateFile file : state.getFiles()) {
            add(new StoredFile(
                    stateChunks(),
                    state.getStep(),
                    "trainer state " + runId + "@" + state.getStep() + ", " + file.getName(),
                    state.getLocation() + "/" + file.getName(),
                    file.getSize(),
                    file.getSha256(),
                    false,
                    null));
        }
    }

    private void add(StoredFile file) {
        files.put(file.location(), file);
    }

    private String weightChunks() {
        return Cut.suffix(topics.weightChunks(), runId);
    }

    private String stateChunks() {
        return Cut.suffix(topics.trainerStateChunks(), runId);
    }
}
