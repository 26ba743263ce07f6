package dev.tracerl.ops.lineage;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.WeightManifest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the weights that the user means: {@code RUN@VERSION}, or the beginning of their SHA-256. */
final class WeightsFinder {

    private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{4,64}");

    private final LineageLog log;

    WeightsFinder(LineageLog log) {
        this.log = log;
    }

    /**
     * The manifests of the weights, those of the run that was created first at the head; the others are copies.
     *
     * @throws BadInputException if there are none, or several with different bytes
     */
    List<WeightManifest> find(String text) {
        int at = text.lastIndexOf('@');
        if (at > 0) {
            return copies(version(text.substring(0, at), text.substring(at + 1)));
        }
        String prefix = text.toLowerCase(Locale.ROOT);
        if (!PREFIX.matcher(prefix).matches()) {
            throw new BadInputException(
                    "'" + text
                            + "' is neither RUN@VERSION nor at least 4 hexadecimal digits of a SHA-256; tracerl weights list shows both");
        }
        List<WeightManifest> found = all(prefix);
        if (found.isEmpty()) {
            throw new BadInputException("no run has published weights whose SHA-256 begins with " + prefix);
        }
        if (found.stream().map(WeightManifest::getSha256).distinct().count() > 1) {
            throw new BadInputException("several weights begin with %s: %s; give more digits"
                    .formatted(prefix, found.stream().map(WeightsFinder::name).toList()));
        }
        return found;
    }

    /** As in {@code sudoku@40}. */
    static String name(WeightManifest manifest) {
        return manifest.getModelId() + "@" + manifest.getVersion();
    }

    private WeightManifest version(String runId, String version) {
        if (!log.runs().containsKey(runId)) {
            throw new BadInputException("there is no run %s; there are: %s"
                    .formatted(runId, String.join(", ", log.runs().keySet())));
        }
        WeightManifest manifest =
                version.matches("\\d{1,18}") ? log.versions(runId).get(Long.parseLong(version)) : null;
        if (manifest == null) {
            throw new BadInputException(
                    "run %s has not published version %s; list them with tracerl weights list --run %s"
                            .formatted(runId, version, runId));
        }
        return manifest;
    }

    private List<WeightManifest> copies(WeightManifest wanted) {
        List<WeightManifest> others = all(wanted.getSha256()).stream()
                .filter(manifest -> !name(manifest).equals(name(wanted)))
                .toList();
        return Stream.concat(Stream.of(wanted), others.stream()).toList();
    }

    private List<WeightManifest> all(String prefix) {
        return log.runs().values().stream()
                .sorted(Comparator.comparing(RunSpec::getCreatedAt))
                .flatMap(run -> log.versions(run.getRunId()).values().stream())
                .filter(manifest -> manifest.getSha256().startsWith(prefix))
                .toList();
    }
}
