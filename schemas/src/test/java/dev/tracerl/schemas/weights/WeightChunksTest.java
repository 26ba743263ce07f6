package dev.tracerl.schemas.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightChunksTest {

    @Test
    void chunksJoinToTheBytesThatWereCut() {
        // Given
        byte[] bytes = {1, 2, 3, 4, 5, 6, 7};

        // When
        List<WeightChunk> chunks = WeightChunks.split("toy", 3, bytes, 3);

        // Then
        ByteBuffer joined = ByteBuffer.allocate(bytes.length);
        chunks.forEach(chunk -> joined.put(chunk.getData().duplicate()));
        assertThat(joined.array()).isEqualTo(bytes);
        assertThat(chunks).extracting(WeightChunk::getIndex).containsExactly(0, 1, 2);
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.getCount()).isEqualTo(3));
    }

    @Test
    void noBytesMakeOneEmptyChunk() {
        // When
        List<WeightChunk> chunks = WeightChunks.split("toy", 0, new byte[0], 1024);

        // Then
        assertThat(chunks).hasSize(1);
    }

    @Test
    void aFlippedBitIsFound() {
        // Given
        byte[] bytes = {1, 2, 3, 4};
        WeightManifest manifest = manifest(bytes);
        byte[] flipped = {1, 2, 3, 5};

        // When / Then
        assertThatThrownBy(() -> Checksum.verified(manifest, flipped))
                .isInstanceOf(CorruptWeightsException.class)
                .hasMessageContaining("toy@3")
                .hasMessageContaining(manifest.getSha256());
    }

    private static WeightManifest manifest(byte[] bytes) {
        return WeightManifest.newBuilder()
                .setModelId("toy")
                .setVersion(3)
                .setKind(WeightKind.FULL)
                .setSha256(Checksum.sha256(bytes))
                .setSize(bytes.length)
                .setStore(StoreKind.KAFKA)
                .setLocation(WeightChunks.location(0, 0))
                .setChunks(1)
                .setStep(3)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }
}
