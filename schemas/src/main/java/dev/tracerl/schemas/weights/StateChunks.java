package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.TrainerStateFile;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins the chunks of a trainer's state, which are those of its files one after the other. */
final class StateChunks {

    private final TrainerStateManifest manifest;
    private final List<TemporaryFile> files = new ArrayList<>(); // as far as chunks were read
    private int left; // chunks of the last of them

    private StateChunks(TrainerStateManifest manifest) {
        this.manifest = manifest;
    }

    /** The files of a state by name, verified. */
    static Map<String, WeightBytes> read(TrainerStates states, TrainerStateManifest manifest) {
        int count = manifest.getFiles().stream()
                .mapToInt(TrainerStateFile::getChunks)
                .sum();
        StateChunks chunks = new StateChunks(manifest);
        try (ChunkReader reader = new ChunkReader(states.connection(), states.serdes())) {
            int found = reader.read(
                    RunTopics.of(manifest.getRunId()).trainerStateChunks(),
                    manifest.getLocation(),
                    manifest.getStep(),
                    count,
                    (index, bytes) -> chunks.take(bytes));
            if (found < count) {
                throw new MissingWeightsException(TrainerStates.name(manifest) + ": chunk " + found + " of " + count
                        + " is not on the log; the run's weight plan keeps the newest states only");
            }
            return chunks.verified();
        } catch (RuntimeException e) {
            chunks.files.forEach(TemporaryFile::close);
            throw e;
        }
    }

    private void take(ByteBuffer bytes) {
        if (left == 0) {
            TrainerStateFile next = manifest.getFiles().get(files.size());
            files.add(new TemporaryFile(TrainerStates.name(manifest, next)));
            left = next.getChunks();
        }
        files.get(files.size() - 1).append(bytes);
        left--;
    }

    private Map<String, WeightBytes> verified() {
        Map<String, WeightBytes> verified = new LinkedHashMap<>();
        for (TrainerStateFile file : manifest.getFiles()) {
            WeightBytes bytes = files.get(verified.size()).bytes();
            String name = TrainerStates.name(manifest, file);
            verified.put(file.getName(), Checksum.verified(name, file.getSize(), file.getSha256(), bytes));
        }
        return verified;
    }
}
