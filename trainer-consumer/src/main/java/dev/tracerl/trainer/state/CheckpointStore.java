package dev.tracerl.trainer.state;

import dev.tracerl.schemas.weights.WeightBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one run: a directory each, {@code step-000012}, in a directory of the run. A checkpoint appears
 * under its name when all of it is on the disk; the one before it is kept. Not thread-safe.
 */
public final class CheckpointStore {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
    private static final Pattern NAME = Pattern.compile("step-\\d{6,}");
    private static final int KEPT = 2;

    private final Path directory;
    private final Disk disk;

    /** A store in a directory, which is created when first written to. */
    public CheckpointStore(Path directory) {
        this(directory, new FileDisk());
    }

    CheckpointStore(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /**
     * Writes a checkpoint and waits until it is on the disk.
     *
     * @throws UncheckedIOException if that fails; earlier checkpoints are still there
     */
    public void write(Checkpoint checkpoint) {
        try {
            Path target = directory.resolve(name(checkpoint.state().step()));
            Path draft = directory.resolve("draft");
            disk.delete(draft);
            disk.createDirectory(draft);
            for (Map.Entry<String, WeightBytes> file :
                    CheckpointFiles.encode(checkpoint).entrySet()) {
                disk.write(draft.resolve(file.getKey()), file.getValue());
            }
            disk.sync(draft);
            disk.delete(target);
            disk.rename(draft, target);
            disk.sync(directory);
            deleteOld();
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint in " + directory + " could not be written", e);
        }
    }

    /**
     * The newest checkpoint that is complete, to be closed after use. Those that are not are moved aside.
     *
     * @throws UncheckedIOException if the directory cannot be read
     */
    public Optional<Checkpoint> newest() {
        try {
            for (Path candidate : newestFirst()) {
                Optional<Checkpoint> checkpoint = read(candidate);
                if (checkpoint.isPresent()) {
                    return checkpoint;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoints in " + directory + " could not be read", e);
        }
    }

    private Optional<Checkpoint> read(Path candidate) throws IOException {
        try {
            return Optional.of(CheckpointFiles.decode(open(candidate)));
        } catch (CorruptCheckpointException e) {
            LOG.atError()
                    .addKeyValue("checkpoint", candidate)
                    .addKeyValue("reason", e.getMessage())
                    .log("checkpoint is corrupt; moved aside, falling back to the one before it");
            Path aside = candidate.resolveSibling("corrupt-" + candidate.getFileName());
            disk.delete(aside);
            disk.rename(candidate, aside);
            return Optional.empty();
        }
    }

    private static Map<String, WeightBytes> open(Path checkpoint) throws IOException {
        Map<String, WeightBytes> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), WeightBytes.in(file));
            }
            return contents;
        } catch (IOException e) {
            contents.values().forEach(WeightBytes::close);
            throw e;
        }
    }

    private void deleteOld() throws IOException {
        List<Path> checkpoints = newestFirst();
        for (Path old : checkpoints.subList(Math.min(KEPT, checkpoints.size()), checkpoints.size())) {
            disk.delete(old);
        }
    }

    private List<Path> newestFirst() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(
                            path -> NAME.matcher(path.getFileName().toString()).matches())
                    .sorted(Comparator.comparingLong(CheckpointStore::step).reversed())
                    .toList();
        }
    }

    private static String name(long step) {
        return String.format(Locale.ROOT, "step-%06d", step);
    }

    private static long step(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("step-".length()));
    }
}
