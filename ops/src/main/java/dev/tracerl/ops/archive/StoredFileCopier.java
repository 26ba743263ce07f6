package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.StoredFile;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** Copies files of the weight folder into an archive, of any size, and checks them against their manifests meanwhile. */
final class StoredFileCopier {

    private final ArchiveFolder folder;
    private final Connection connection;
    private final String runId;

    StoredFileCopier(ArchiveFolder folder, Connection connection, String runId) {
        this.folder = folder;
        this.connection = connection;
        this.runId = runId;
    }

    /**
     * Makes sure that this process sees the files of a run, if it has any.
     *
     * @throws BadInputException if not, as with a mount that failed
     */
    static void requireFolder(Connection connection, AvroSerdes serdes, RunSpec run) {
        if (run.getWeights().getStore() != StoreKind.FILE) {
            return;
        }
        WeightFolder there = folder(connection, run.getRunId());
        WeightManifest newest = TopicReader.latest(
                        connection, serdes, RunTopics.of(run.getRunId()).weights())
                .get(run.getRunId());
        if (!Files.isDirectory(there.root())) {
            throw new BadInputException("there is no weight folder " + there.root() + ": mount it, or say where it is");
        }
        if (newest != null && newest.getStore() == StoreKind.FILE && !there.has(newest.getLocation())) {
            throw new BadInputException(
                    "the newest version of run %s is not in the weight folder: there is no file %s/%s; "
                                    .formatted(run.getRunId(), there.root(), newest.getLocation())
                            + "is the right folder mounted there?");
        }
    }

    private static WeightFolder folder(Connection connection, String runId) {
        return new WeightFolder(connection
                .weightFolder()
                .orElseThrow(() -> new BadInputException(
                        "the bytes of run %s are files: say where the weight folder is, with --weight-folder"
                                .formatted(runId))));
    }

    /** Copies a file, unless it is gone or damaged; then the result says so. */
    StoredFile copy(StoredFile wanted) throws IOException {
        try (WeightBytes bytes = folder(connection, runId).read(wanted.name(), wanted.location())) {
            String sha256 = write(bytes, wanted.file());
            if (bytes.size() == wanted.bytes() && sha256.equals(wanted.sha256())) {
                folder.publish(wanted.file());
                return wanted.copied();
            }
            Files.delete(folder.unfinished(wanted.file()));
            return wanted.left("%s is damaged: %s has %d bytes with sha256 %s, but the manifest says %d bytes with %s"
                    .formatted(
                            wanted.name(), wanted.location(), bytes.size(), sha256, wanted.bytes(), wanted.sha256()));
        } catch (MissingWeightsException e) {
            return wanted.left(isDropped(wanted) ? null : e.getMessage());
        } catch (CorruptWeightsException e) {
            return wanted.left(e.getMessage());
        }
    }

    private String write(WeightBytes bytes, String file) throws IOException {
        MessageDigest digest = Sha256.digest();
        Path unfinished = folder.unfinished(file);
        Files.createDirectories(unfinished.getParent());
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(unfinished), digest)) {
            bytes.writeTo(Channels.newChannel(out));
        }
        return Sha256.text(digest);
    }

    /** Whether the run's weight plan dropped it since its records were archived. */
    private boolean isDropped(StoredFile file) {
        Topic<?> chunks = RunTopics.of(runId).all().stream()
                .filter(topic -> Cut.suffix(topic, runId).equals(file.topic()))
                .findFirst()
                .orElseThrow();
        return !TopicReader.keys(connection, chunks).contains(Ids.chunk(file.number(), 0));
    }
}
