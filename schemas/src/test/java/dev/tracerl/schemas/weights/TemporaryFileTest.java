package dev.tracerl.schemas.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemporaryFileTest {

    private final byte[] content = new byte[2 * WeightBytes.WINDOW + 17];

    @Test
    void partsThatWereAppendedAreOneSequence() throws IOException {
        // Given
        new Random(1).nextBytes(content);
        TemporaryFile file = new TemporaryFile("toy@1");

        // When
        for (int from = 0; from < content.length; from += 100_000) {
            file.append(ByteBuffer.wrap(content, from, Math.min(100_000, content.length - from)));
        }

        // Then
        try (WeightBytes bytes = file.bytes()) {
            assertThat(bytes.size()).isEqualTo(content.length);
            assertThat(bytes.sha256()).isEqualTo(Checksum.sha256(content));
            assertThat(bytes.part(99_999, 2).array()).isEqualTo(Arrays.copyOfRange(content, 99_999, 100_001));
            assertThat(bytes.part(content.length - 3L, 10).remaining()).isEqualTo(3);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            bytes.writeTo(Channels.newChannel(written));
            assertThat(written.toByteArray()).isEqualTo(content);
        }
    }

    @Test
    void bytesBeyondTheEndAreRefused() {
        // Given
        TemporaryFile file = new TemporaryFile("toy@1");
        file.append(ByteBuffer.wrap(new byte[5]));

        // When / Then
        try (WeightBytes bytes = file.bytes()) {
            assertThatThrownBy(() -> bytes.read(3, ByteBuffer.allocate(3)))
                    .isInstanceOf(CorruptWeightsException.class)
                    .hasMessageContaining("toy@1 was cut off at byte 5");
        }
    }
}
