package dev.tracerl.rollout.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigProblemsTest {

    private static RolloutConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(RolloutConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(RolloutConfig.class);
    }

    @Test
    void theDefaultsAreRight() {
        // When
        List<String> problems = ConfigProblems.of(config(Map.of()));

        // Then
        assertThat(problems).isEmpty();
    }

    @Test
    void everyWrongKeyIsNamed() {
        // Given
        RolloutConfig config = config(Map.of(
                "tracerl.worker", " ",
                "tracerl.device", "tpu",
                "tracerl.threads", "0",
                "tracerl.registry.url", "localhost:8080",
                "tracerl.weight-folder", "/not-mounted",
                "tracerl.rollout.active-sequences", "-1"));

        // When
        List<String> problems = ConfigProblems.of(config);

        // Then
        assertThat(problems)
                .containsExactly(
                        "tracerl.worker must not be blank",
                        "tracerl.registry.url is 'localhost:8080', must be an http or https URL",
                        "tracerl.device is 'tpu', must be cpu, cuda or cuda:<index>",
                        "tracerl.threads is 0, must be at least 1",
                        "tracerl.rollout.active-sequences is -1, must be at least 1",
                        "tracerl.weight-folder: /not-mounted is not a folder; create or mount it");
    }

    @Test
    void wrongKeysOfTheEndpointForClientsAreNamed() {
        // Given
        RolloutConfig config = config(Map.of(
                "tracerl.api.open-prompts", "0",
                "tracerl.api.active-sequences", "-1",
                "tracerl.api.share", "1.5"));

        // When
        List<String> problems = ConfigProblems.of(config);

        // Then
        assertThat(problems)
                .containsExactly(
                        "tracerl.api.open-prompts is 0, must be at least 1",
                        "tracerl.api.active-sequences is -1, must be at least 1",
                        "tracerl.api.share is 1.5, must be greater than 0 and at most 1");
    }

    @Test
    void furtherClientSettingsAreHandedOn() {
        // Given
        RolloutConfig config = config(Map.of("tracerl.kafka.settings.\"security.protocol\"", "SSL"));

        // When
        Map<String, Object> settings = config.connection().clientSettings();

        // Then
        assertThat(settings).containsEntry("security.protocol", "SSL");
    }
}
