package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder of an archive. Files get their names when they are whole.
 *
 * <pre>
 *   manifest.json           what there is: {@link Manifest}
 *   SHA256SUMS              checksums of all files, for sha256sum -c too; written last
 *   schemas/ID.avsc         the schema that values with this id have
 *   run/TOPIC/P/OFFSET.gz   records of partition P of a topic of the run, from this offset on
 *   shared/TOPIC/P/...      the run's records of a shared topic
 *   files/LOCATION          a file of the weight store FILE, as it is in the weight folder
 * </pre>
 *
 * @param root the folder
 */
record ArchiveFolder(Path root) {

    static final String MANIFEST = "manifest.json";
    static final String CHECKSUMS = "SHA256SUMS";

    private static final ObjectMapper JSON = new ObjectMapper();

    Path path(String file) {
        return root.resolve(file);
    }

    Path unfinished(String file) {
        return root.resolve(file + ".part");
    }

    /** Gives an unfinished file its name. */
    Path publish(String file) throws IOException {
        return Files.move(
                unfinished(file), path(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void write(String file, byte[] bytes) throws IOException {
        Path unfinished = unfinished(file);
        Files.createDirectories(unfinished.getParent());
        Files.write(unfinished, bytes);
        publish(file);
    }

    void write(Manifest manifest) throws IOException {
        byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        write(MANIFEST, json);
        if (manifest.complete()) {
            write(CHECKSUMS, checksums(manifest, json).getBytes(UTF_8));
        }
    }

    /** The manifest; none if there is no archive in the folder. */
    Optional<Manifest> manifest() throws IOException {
        if (!Files.exists(path(MANIFEST))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(path(MANIFEST).toFile(), Manifest.class));
        } catch (JsonProcessingException e) {
            throw new DamagedArchiveException(path(MANIFEST) + " is not readable: " + e.getOriginalMessage(), e);
        }
    }

    /** What SHA256SUMS must be. */
    static String checksums(Manifest manifest, byte[] json) {
        List<String> lines = new ArrayList<>();
        lines.add(Sha256.of(json) + "  " + MANIFEST);
        lines.addAll(manifest.checksums());
        return String.join("\n", lines) + "\n";
    }
}
