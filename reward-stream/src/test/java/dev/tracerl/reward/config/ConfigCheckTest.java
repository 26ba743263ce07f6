package dev.tracerl.reward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.RunSpec;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCheckTest {

    private static final Uuid LOG = new Uuid(1, 2);

    @Test
    void theDefaultsAreGood() {
        // Given
        RewardConfig config = config(Map.of());

        // When
        ConfigCheck.check(config);

        // Then
        assertThat(config.deployment()).isEqualTo("local");
        assertThat(config.role()).isEqualTo(Role.TOPOLOGY);
        assertThat(AdvertisedAddress.of(config.http())).isEqualTo("127.0.0.1:8082");
        assertThat(config.streams().sessionTimeout()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void everyWrongKeyIsListed() {
        // Given
        RewardConfig config = config(Map.of(
                "tracerl.streams.threads", "0",
                "tracerl.streams.commit-interval", "PT0S",
                "tracerl.streams.store-memory-mib", "1",
                "tracerl.checks.attempts", "0",
                "tracerl.http.advertised", "reward-0",
                "tracerl.checks.timeout", "PT0S",
                "tracerl.verifier.threads", "-1"));

        // When
        // Then
        assertThatThrownBy(() -> ConfigCheck.check(config))
                .hasMessageContaining("tracerl.streams.threads is 0, must be at least 1")
                .hasMessageContaining("tracerl.streams.commit-interval is PT0S, must be positive")
                .hasMessageContaining("tracerl.streams.store-memory-mib is 1, must be at least 8")
                .hasMessageContaining("tracerl.http.advertised is reward-0, must be a host and a port")
                .hasMessageContaining("tracerl.checks.timeout is PT0S, must be positive")
                .hasMessageContaining("tracerl.checks.attempts is 0, must be at least 1")
                .hasMessageContaining("tracerl.verifier.threads is -1, must be at least 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "[::]"})
    void anInstanceThatListensOnAllAddressesAdvertisesItsMachine(String all) throws UnknownHostException {
        // Given
        RewardConfig config = config(Map.of("quarkus.http.host", all, "quarkus.http.port", "9000"));

        // When
        ConfigCheck.check(config);

        // Then
        String machine = InetAddress.getLocalHost().getHostName() + ":9000";
        assertThat(AdvertisedAddress.of(config.http())).isEqualTo(machine);
        assertThat(StreamsSettings.of(config, Runs.run(), LOG))
                .containsEntry(StreamsConfig.APPLICATION_SERVER_CONFIG, machine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8082", ":::8082", "[::]:8082", "*:8082"})
    void anAddressThatEveryMachineHasIsNotAdvertised(String advertised) {
        // Given
        RewardConfig config = config(Map.of("tracerl.http.advertised", advertised));

        // When // Then
        assertThatThrownBy(() -> ConfigCheck.check(config))
                .hasMessage("wrong configuration: tracerl.http.advertised is " + advertised
                        + ", which is every machine's: name one that others can reach, like 10.0.0.7:8082");
    }

    @Test
    void whatIsAdvertisedIsASetting() {
        // When
        RewardConfig config = config(Map.of("quarkus.http.host", "0.0.0.0", "tracerl.http.advertised", "10.0.0.7:1"));

        // Then
        assertThat(AdvertisedAddress.of(config.http())).isEqualTo("10.0.0.7:1");
    }

    @Test
    void theRoleIsASetting() {
        // When
        RewardConfig config = config(Map.of("tracerl.role", "verifier"));

        // Then
        assertThat(config.role()).isEqualTo(Role.VERIFIER);
    }

    @Test
    void settingsOfTheRunContainItsId() {
        // Given
        RewardConfig config = config(Map.of("tracerl.kafka.settings.\"security.protocol\"", "SSL"));

        // When
        StreamsConfig settings = new StreamsConfig(StreamsSettings.of(config, Runs.run(), LOG));

        // Then
        assertThat(settings.getString(StreamsConfig.APPLICATION_ID_CONFIG)).isEqualTo("toy.reward-stream");
        assertThat(settings.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
                .isEqualTo("exactly_once_v2");
        assertThat(settings.getMainConsumerConfigs("group", "client", 1))
                .containsEntry("group.instance.id", "reward-0-1")
                .containsEntry("security.protocol", "SSL");
    }

    @Test
    void aRunThatIsMadeAgainOrOnAnotherLogHasStateOfItsOwn() {
        // Given
        RewardConfig config = config(Map.of("tracerl.data-dir", "/data"));
        RunSpec run = Runs.run();
        run.setCreatedAt(Instant.ofEpochMilli(17));
        RunSpec later =
                RunSpec.newBuilder(run).setCreatedAt(Instant.ofEpochMilli(18)).build();

        // When
        List<Object> directories = Stream.of(
                        StreamsSettings.of(config, run, LOG),
                        StreamsSettings.of(config, later, LOG),
                        StreamsSettings.of(config, run, new Uuid(1, 3)))
                .map(settings -> settings.get(StreamsConfig.STATE_DIR_CONFIG))
                .toList();

        // Then
        assertThat(directories)
                .containsExactly(
                        "/data/toy-17/AAAAAAAAAAEAAAAAAAAAAg",
                        "/data/toy-18/AAAAAAAAAAEAAAAAAAAAAg",
                        "/data/toy-17/AAAAAAAAAAEAAAAAAAAAAw");
    }

    private static RewardConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(RewardConfig.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(RewardConfig.class);
    }
}
