package dev.tracerl.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JoinedBytesTest {
    private static final int SIZE = 300;

    private final Random random = new Random(5);
    private final byte[] whole = new byte[SIZE];

    @Test
    void everyRangeIsReadAcrossTheBoundariesOfItsParts() {
        // Given
        random.nextBytes(whole);
        JoinedBytes joined = new JoinedBytes(parts());

        // When / Then
        assertThat(joined.size()).isEqualTo(SIZE);
        assertThat(joined.toArray()).isEqualTo(whole);
        for (int i = 0; i < 500; i++) {
            int from = random.nextInt(SIZE + 1);
            ByteBuffer target = ByteBuffer.allocate(random.nextInt(SIZE - from + 1));
            joined.read(from, target);
            assertThat(target.hasRemaining()).isFalse();
            assertThat(target.array()).isEqualTo(Arrays.copyOfRange(whole, from, from + target.capacity()));
        }
    }

    @Test
    void nothingIsReadBeyondTheEnd() {
        // Given
        JoinedBytes joined = new JoinedBytes(parts());

        // When / Then
        assertThatThrownBy(() -> joined.read(SIZE - 1, ByteBuffer.allocate(2)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Some empty, on and off the heap, none from its first byte. */
    private List<ByteBuffer> parts() {
        List<ByteBuffer> parts = new ArrayList<>();
        int next = 0;
        while (next < SIZE) {
            int length = Math.min(random.nextInt(20), SIZE - next);
            ByteBuffer part =
                    random.nextBoolean() ? ByteBuffer.allocate(length + 3) : ByteBuffer.allocateDirect(length + 3);
            parts.add(part.position(2).put(whole, next, length).flip().position(2));
            next += length;
        }
        return parts;
    }
}
