package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    private final Ports ports = new Ports();

    @Test
    void freePortsAreHandedOutOnce() {
        // When
        int first = ports.free();
        int second = ports.free();

        // Then
        assertThat(first).isNotEqualTo(second);
        assertThat(Ports.isFree(first)).isTrue();
    }

    @Test
    void aWantedPortThatIsInUseIsOneClearSentence() throws IOException {
        // Given
        try (ServerSocket user = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            // When // Then
            assertThatThrownBy(() -> ports.take(user.getLocalPort(), "broker"))
                    .isInstanceOf(StackException.class)
                    .hasMessage("port %d, wanted for the broker, is in use: stop what uses it or choose another port"
                            .formatted(user.getLocalPort()));
        }
    }
}
