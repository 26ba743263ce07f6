package dev.tracerl.ops.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillMapTest {

    @TempDir
    private Path folder;

    @Test
    void itHoldsWhatAMapInMemoryHolds() {
        // Given
        Random random = new Random(17);
        Map<Long, ByteBuffer> expected = new HashMap<>();
        try (SpillMap map = new SpillMap(folder.resolve("spill"))) {
            // When
            for (int i = 0; i < 5_000; i++) {
                long number = random.nextInt(2_000);
                byte[] bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                map.put(number, ByteBuffer.wrap(bytes));
                expected.putIfAbsent(number, ByteBuffer.wrap(bytes));
            }

            // Then
            for (long number = 0; number < 2_100; number++) {
                assertThat(map.get(number)).isEqualTo(Optional.ofNullable(expected.get(number)));
            }
        }
    }

    @Test
    void theFirstEntryOfANumberStays() {
        try (SpillMap map = new SpillMap(folder.resolve("spill"))) {
            map.put(3, ByteBuffer.wrap(new byte[] {1}));
            map.put(3, ByteBuffer.wrap(new byte[] {2}));

            assertThat(map.get(3)).contains(ByteBuffer.wrap(new byte[] {1}));
        }
    }

    @Test
    void nothingIsLeftWhenItIsClosed() throws IOException {
        try (SpillMap map = new SpillMap(folder.resolve("spill"))) {
            map.put(1, ByteBuffer.wrap(new byte[] {1}));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
