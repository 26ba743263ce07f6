package dev.tracerl.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigProblemsTest {

    @TempDir
    Path directory;

    @Test
    void theDefaultsAreRight() {
        assertThat(ConfigProblems.of(config(Map.of()))).isEmpty();
    }

    @Test
    void everyWrongKeyIsNamed() throws IOException {
        // Given
        Path file = Files.createFile(directory.resolve("file"));
        TrainerConfig config = config(Map.of(
                "tracerl.deployment", " ",
                "tracerl.device", "tpu",
                "tracerl.threads", "0",
                "tracerl.registry.url", "localhost:8080",
                "tracerl.weight-folder", file.toString(),
                "tracerl.data-dir", file.resolve("below").toString()));

        // When
        List<String> problems = ConfigProblems.of(config);

        // Then
        assertThat(problems)
                .hasSize(6)
                .contains(
                        "tracerl.deployment must not be blank",
                        "tracerl.registry.url is 'localhost:8080', must be an http or https URL",
                        "tracerl.device is 'tpu', must be cpu, cuda or cuda:<index>",
                        "tracerl.threads is 0, must be at least 1",
                        "tracerl.weight-folder: " + file
                                + " is not a folder that can be written to; create or mount it")
                .anySatisfy(problem -> assertThat(problem).startsWith("tracerl.data-dir: " + file));
    }

    @Test
    void furtherClientSettingsAreHandedOn() {
        // Given
        TrainerConfig config = config(Map.of("tracerl.kafka.settings.\"security.protocol\"", "SSL"));

        // When
        Map<String, Object> settings = config.connection().clientSettings();

        // Then
        assertThat(settings).containsEntry("security.protocol", "SSL");
    }

    private TrainerConfig config(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("tracerl.data-dir", directory.toString()));
        all.putAll(values);
        return new SmallRyeConfigBuilder()
                .withMapping(TrainerConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(TrainerConfig.class);
    }
}
