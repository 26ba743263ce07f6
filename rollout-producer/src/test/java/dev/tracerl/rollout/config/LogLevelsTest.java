package dev.tracerl.rollout.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLevelsTest {

    @Test
    void whatIsWrongWithCudaIsSaidWhereCudaIsAskedFor() throws IOException {
        assertThat(cudaLevel(Map.of())).isEqualTo("ERROR");
        assertThat(cudaLevel(Map.of("tracerl.device", "cpu"))).isEqualTo("ERROR");
        assertThat(cudaLevel(Map.of("tracerl.device", "cuda"))).isEqualTo("WARN");
        assertThat(cudaLevel(Map.of("tracerl.device", "cuda:1"))).isEqualTo("WARN");
    }

    private static String cudaLevel(Map<String, String> settings) throws IOException {
        Path file = Path.of("src/main/resources/application.properties");
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(file.toUri().toURL(), 100),
                        new PropertiesConfigSource(settings, "settings", 200))
                .build()
                .getValue("quarkus.log.category.\"ai.djl.util.cuda.CudaUtils\".level", String.class);
    }
}
