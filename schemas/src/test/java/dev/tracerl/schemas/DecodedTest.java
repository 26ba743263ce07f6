package dev.tracerl.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.schemas.avro.WeightManifest;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecodedTest {

    static Stream<Exception> registryFailures() {
        return Stream.of(
                new UnknownHostException("registry"),
                new NoRouteToHostException("registry"),
                new SocketException("Connection reset"),
                new TimeoutException("503"),
                new AuthenticationException("401"));
    }

    @ParameterizedTest
    @MethodSource("registryFailures")
    void aRecordIsNotAtFaultForARegistryThatCannotBeAsked(Exception failure) {
        // When / Then
        assertThatThrownBy(() -> decode(failure)).isInstanceOf(RetriableException.class);
    }

    @Test
    void aDamagedRecordHasAProblem() {
        // When
        Decoded<WeightManifest> decoded = decode(new AvroRuntimeException("bytes are missing"));

        // Then
        assertThat(decoded.value()).isEmpty();
        assertThat(decoded.problem()).contains("bytes are missing");
    }

    private static Decoded<WeightManifest> decode(Exception failure) {
        return Decoded.of(
                (topic, bytes) -> {
                    throw new SerializationException("cannot be read", failure);
                },
                "toy.weights",
                new byte[1]);
    }
}
