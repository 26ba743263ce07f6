package dev.tracerl.ops.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentReportTest {

    @TempDir
    private Path folder;

    @Test
    void aRowPerVariantWithMeanAndRangeOverSeeds() throws IOException {
        // Given
        Variant variant = new Variant("a", "method A", JsonNodeFactory.instance.objectNode());
        ExperimentFile file =
                new ExperimentFile("Methods", Path.of("base.yaml"), List.of(1L, 2L), 10, List.of(variant));
        Map<Variant, List<Trial>> trials = new LinkedHashMap<>();
        trials.put(variant, List.of(trial(1, 0.5), trial(2, 0.7)));

        // When
        List<String> shown = new ExperimentReport(folder, file).write(trials);

        // Then
        assertThat(shown)
                .contains("| method A | [1, 2] | 40.0 % | **60.0 %** ± 14.1 | 50.0 to 70.0 | 640 | 3 | 2.0 % |");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("results.json").toFile());
        assertThat(json.at("/a/1/last").asDouble()).isEqualTo(0.7);
        assertThat(folder.resolve("curve.png")).isNotEmptyFile();
    }

    private static Trial trial(long seed, double last) {
        NavigableMap<Long, Double> validation = new TreeMap<>(Map.of(0L, 0.4, 10L, last));
        return new Trial("a-s" + seed, seed, validation, 0.4, last, 10, 640, 3, 0.02, "00");
    }
}
