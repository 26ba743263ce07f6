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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WeightChunksTest {

    @Test
    void chunksJoinToTheBytesThatWereCut() {
        // Given
        byte[] bytes = {1, 2, 3, 4, 5, 6, 7};

        // When
        List<WeightChunk> chunks =
                WeightChunks.split("toy", 3, WeightBytes.of(bytes), 3).toList();

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
        Stream<WeightChunk> chunks = WeightChunks.split("toy", 0, WeightBytes.NONE, 1024);

        // Then
        assertThat(chunks).hasSize(1);
        assertThat(WeightChunks.count(WeightBytes.NONE, 1024)).isEqualTo(1);
    }

    /** Reads a part and says which. */
    @Test
    void aChunkBeyondTwoGibibytesIsCutFromTheRightPlace() {
        // Given
        int chunkBytes = 1 << 20;
        WeightBytes bytes = WeightBytes.of(3L << 30, (position, target) -> {
            target.putLong(position);
            target.position(target.limit());
        });

        // When
        WeightChunk last = WeightChunks.split("big", 1, bytes, chunkBytes)
                .skip(3071)
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(last.getCount()).isEqualTo(3072);
        assertThat(last.getData().getLong(0)).isEqualTo(3071L << 20);
        assertThat(last.getData().remaining()).isEqualTo(chunkBytes);
    }

    @Test
    void aFlippedBitIsFound() {
        // Given
        byte[] bytes = {1, 2, 3, 4};
        WeightManifest manifest = manifest(bytes);
        WeightBytes flipped = WeightBytes.of(new byte[] {1, 2, 3, 5});

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
