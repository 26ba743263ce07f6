package dev.tracerl.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PackedTest {

    @Test
    void intsAreLittleEndian() {
        // When
        ByteBuffer packed = Packed.ints(new int[] {1, -2});

        // Then
        assertThat(packed.array()).containsExactly(1, 0, 0, 0, -2, -1, -1, -1);
    }

    @Test
    void vectorsSurviveTheRoundTripAndLeaveTheBufferAsItWas() {
        // Given
        ByteBuffer ints = Packed.ints(new int[] {0, Integer.MIN_VALUE, 7});
        ByteBuffer floats = Packed.floats(new float[] {-0.5f, Float.MIN_VALUE});
        ByteBuffer longs = Packed.longs(new long[] {-1, Long.MAX_VALUE});

        // When
        int[] firstRead = Packed.ints(ints);
        int[] secondRead = Packed.ints(ints);

        // Then
        assertThat(firstRead).containsExactly(0, Integer.MIN_VALUE, 7);
        assertThat(secondRead).isEqualTo(firstRead);
        assertThat(Packed.floats(floats)).containsExactly(-0.5f, Float.MIN_VALUE);
        assertThat(Packed.longs(longs)).containsExactly(-1, Long.MAX_VALUE);
    }

    @Test
    void truncatedBytesAreRefusedWithTheirLength() {
        // Given
        ByteBuffer truncated = ByteBuffer.wrap(new byte[7]);

        // When / Then
        assertThatThrownBy(() -> Packed.floats(truncated))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 bytes")
                .hasMessageContaining("4-byte");
    }
}
