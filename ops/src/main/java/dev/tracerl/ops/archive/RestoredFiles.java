package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.StoredFile;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightFolder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the files of an archive into the weight folder of the restored run, into a folder that no other run has: not the run
 * that was archived, should it share the weight folder, and not a copy on another cluster.
 */
final class RestoredFiles {

    private final ArchiveFolder archive;
    private final Manifest manifest;
    private final Optional<Path> root;
    private final String home;
    private final Set<String> left; // marks of versions and states of which something is not in the archive

    /**
     * The files of a run.
     *
     * @param root the weight folder of the target, where this process sees it
     * @param home folder of the run in it
     */
    RestoredFiles(ArchiveFolder archive, Manifest manifest, Optional<Path> root, String home) {
        this.archive = archive;
        this.manifest = manifest;
        this.root = root;
        this.home = home;
        this.left = manifest.files().stream()
                .filter(file -> !file.archived())
                .map(file -> mark(file.topic(), Ids.chunk(file.number(), 0)))
                .collect(Collectors.toSet());
    }

    /**
     * The files of a run that gets a name on a cluster: no other run has that name there. Clusters that share the folder need
     * ids of their own.
     */
    static RestoredFiles on(Connection target, String runId, ArchiveFolder archive, Manifest manifest) {
        return new RestoredFiles(archive, manifest, target.weightFolder(), runId + "-restored-" + Cluster.id(target));
    }

    /** Folder of the run in the weight folder. */
    String home() {
        return home;
    }

    /**
     * Makes sure that the files can be written.
     *
     * @throws BadInputException if not, as with a mount that failed
     */
    void requireFolder() {
        if (isNone()) {
            return;
        }
        Path folder = root.orElseThrow(
                () -> new BadInputException(
                        "the archive has weights in files, and this process has no weight folder to put them into: give --weight-folder"));
        if (!Files.isDirectory(folder)) {
            throw new BadInputException("there is no weight folder " + folder + ": mount it, or say where it is");
        }
    }

    /**
     * Makes sure that no file is there, of a run of which there are no records.
     *
     * @param again delete what an interrupted restore left
     * @throws BadInputException if there is
     */
    void requireFree(boolean again) throws IOException {
        if (isNone()) {
            return;
        }
        Path ours = root.orElseThrow().resolve(home);
        if (Files.exists(ours) && !again) {
            throw new BadInputException(("there are files in %s although there is no such run, as an interrupted "
                            + "restore leaves them: --again deletes them first")
                    .formatted(ours));
        }
        delete(ours);
    }

    private boolean isNone() {
        return manifest.archivedFiles().findAny().isEmpty();
    }

    /** Writes all files. */
    void write(Consumer<String> progress) throws IOException {
        for (StoredFile file : manifest.archivedFiles().toList()) {
            WeightFolder folder = new WeightFolder(root.orElseThrow());
            try (WeightBytes bytes = WeightBytes.in(archive.path(file.file()))) {
                folder.write(Rewriter.moved(file.location(), home), bytes);
            }
            progress.accept("%s: %d bytes".formatted(file.name(), file.bytes()));
        }
    }

    /**
     * Which records of a topic are restored: neither what stands for a file that is not in the archive, nor a trainer state
     * that lacks one.
     *
     * @param topic its name without the run's prefix
     */
    Predicate<ArchivedRecord> of(String topic) {
        RunTopics topics = RunTopics.of(manifest.runId());
        boolean states = topic.equals(Cut.suffix(topics.trainerStates(), manifest.runId()));
        String chunks = states ? Cut.suffix(topics.trainerStateChunks(), manifest.runId()) : topic;
        return found -> !left.contains(mark(chunks, RunRecords.key(found) + (states ? "-0" : "")));
    }

    private static String mark(String topic, String chunk) {
        return topic + " " + chunk;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
