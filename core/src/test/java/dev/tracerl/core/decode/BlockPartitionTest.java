package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BlockPartitionTest {

    @Test
    void absoluteBlocksStartAtThePrompt() {
        // When
        BlockPartition partition = BlockPartition.absolute(4);

        // Then
        assertThat(partition.blockOf(7)).isEqualTo(1);
        assertThat(partition.start(1)).isEqualTo(4);
        assertThat(partition.endOfBlockAt(7)).isEqualTo(8);
        assertThat(partition.endOfBlockAt(8)).isEqualTo(12);
        assertThat(partition.startOfBlockAt(11)).isEqualTo(8);
    }

    @Test
    void responseAlignedBlocksCountPromptBlocksLeftwards() {
        // When
        BlockPartition partition = BlockPartition.responseAligned(4, 6);

        // Then
        assertThat(partition.blockOf(6)).isZero();
        assertThat(partition.blockOf(5)).isEqualTo(-1);
        assertThat(partition.blockOf(1)).isEqualTo(-2);
        assertThat(partition.endOfBlockAt(1)).isEqualTo(2);
    }

    @Test
    void relativePartitionHasTheSameBlocksInShiftedCoordinates() {
        // Given
        BlockPartition absolute = BlockPartition.absolute(4);

        // When
        BlockPartition relative = absolute.relativeTo(6);

        // Then
        for (int index = 0; index < 20; index++) {
            assertThat(relative.blockOf(index)).isEqualTo(absolute.blockOf(6 + index));
            assertThat(relative.endOfBlockAt(index)).isEqualTo(absolute.endOfBlockAt(6 + index) - 6);
        }
    }

    @Test
    void emptyBlocksAreRefused() {
        // When
        // Then
        assertThatThrownBy(() -> BlockPartition.absolute(0)).hasMessage("blockSize is 0, must be at least 1");
    }
}
