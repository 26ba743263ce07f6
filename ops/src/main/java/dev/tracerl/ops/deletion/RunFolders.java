package dev.tracerl.ops.deletion;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.TrainerStates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders of a run in the weight folder: those that its manifests name. A folder's name says whose it is, by name and
 * time of creation or, of a restored run, by name and cluster; those of other runs that share the weight folder stay.
 */
final class RunFolders {

    private RunFolders() {}

    /**
     * Those that are there.
     *
     * @throws BadInputException if the run has some and this process does not see the weight folder
     */
    static List<Path> of(Connection connection, AvroSerdes serdes, RunSpec run) {
        String runId = run.getRunId();
        Pattern own = Pattern.compile(Pattern.quote(runId) + "-(\\d+|restored-[A-Za-z0-9_-]+)");
        List<String> names = locations(connection, serdes, runId)
                .map(location -> location.substring(0, Math.max(0, location.indexOf('/'))))
                .filter(name -> own.matcher(name).matches())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        Path root = root(connection, runId);
        return names.stream().map(root::resolve).filter(Files::isDirectory).toList();
    }

    private static Stream<String> locations(Connection connection, AvroSerdes serdes, String runId) {
        return Stream.concat(
                new RunWeights(connection, serdes, runId)
                        .history().values().stream()
                                .filter(version -> version.getStore() == StoreKind.FILE)
                                .map(WeightManifest::getLocation),
                new TrainerStates(connection, serdes)
                        .of(runId).values().stream()
                                .filter(state -> state.getStore() == StoreKind.FILE)
                                .map(TrainerStateManifest::getLocation));
    }

    private static Path root(Connection connection, String runId) {
        Optional<Path> root = connection.weightFolder();
        if (root.isEmpty()) {
            throw new BadInputException(
                    "the bytes of run %s are files: say where the weight folder is, with --weight-folder"
                            .formatted(runId));
        }
        if (!Files.isDirectory(root.get())) {
            throw new BadInputException("there is no weight folder " + root.get() + ": mount it, or say where it is");
        }
        return root.get();
    }

    /** Deletes a folder and all that is in it. */
    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the files of the run could not be deleted: " + e.getMessage(), e);
        }
    }
}
