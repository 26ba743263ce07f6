package dev.tracerl.reward.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are: a decoded record is settled, refused or counted, and nothing throws. */
class DamagedRecordsTest {

    private static final AvroSerdes SERDES = new AvroSerdes("mock://damaged");
    private static final Serializer<Trajectory> SERIALIZER = SERDES.serializer();
    private static final Deserializer<Trajectory> DESERIALIZER = SERDES.deserializer(Trajectory.class);
    private static final int HEADER = 5;
    private static final int TRIALS = 1000;

    private final GroupingBench bench = new GroupingBench(Runs.run());
    private final RolloutRequest request = bench.requested(bench.training(0));
    private final byte[] whole = SERIALIZER.serialize("any", Records.trajectory(request, 0, Records.RIGHT));

    @Test
    void noTruncationDecodes() {
        for (int length = 0; length < whole.length; length++) {
            // Given
            byte[] truncated = Arrays.copyOf(whole, length);

            // When
            Decoded<Trajectory> decoded = Decoded.of(DESERIALIZER, "any", truncated);

            // Then
            assertThat(decoded.value()).as("%d bytes", length).isEmpty();
            assertThat(decoded.problem()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void flippedBitsAreSettledOrRefused(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        int undecodable = 0;

        // When
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] damaged = whole.clone();
            for (int flip = 0; flip <= trial % 3; flip++) {
                damaged[HEADER + random.nextInt(whole.length - HEADER)] ^= (byte) (1 << random.nextInt(8));
            }
            Decoded<Trajectory> decoded = Decoded.of(DESERIALIZER, "any", damaged);
            decoded.value().ifPresent(bench::arrive);
            undecodable += decoded.value().isEmpty() ? 1 : 0;
        }

        // Then
        assertThat(undecodable).isPositive().isLessThan(TRIALS);
        assertThat(bench.outbox.refused).isNotEmpty();
        assertThat(bench.outbox.strays).isNotEmpty();
    }
}
