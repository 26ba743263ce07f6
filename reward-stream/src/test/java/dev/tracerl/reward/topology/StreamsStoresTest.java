package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.reward.query.Host;
import dev.tracerl.reward.query.StoresUnavailableException;
import java.util.Set;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class StreamsStoresTest {

    @Test
    void whileNobodyHoldsAPartitionNobodyIsNamed() {
        // Given
        KeyQueryMetadata orphan = new KeyQueryMetadata(HostInfo.unavailable(), Set.of(), 3);

        // When // Then
        assertThatThrownBy(() -> StreamsStores.active(orphan)).isInstanceOf(StoresUnavailableException.class);
        assertThatThrownBy(() -> StreamsStores.active(KeyQueryMetadata.NOT_AVAILABLE))
                .isInstanceOf(StoresUnavailableException.class);
    }

    @Test
    void theInstanceThatHoldsAPartitionIsNamed() {
        // Given
        KeyQueryMetadata held = new KeyQueryMetadata(new HostInfo("10.0.0.2", 8082), Set.of(), 3);

        // When // Then
        assertThat(StreamsStores.active(held)).isEqualTo(new Host("10.0.0.2", 8082));
    }
}
