package dev.tracerl.verifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkScoreTest {

    private static final Verdict PARTIAL = new Verdict.Partial(0.5, "half", 7);

    @Test
    void aVerdictInChunksIsThatOfTheWholeWithScores() {
        // When
        Verdict verdict = new Verdict.InChunks(PARTIAL, List.of(new ChunkScore(3, 1), new ChunkScore(5, -1)));

        // Then
        assertThat(verdict.score()).hasValue(0.5);
        assertThat(verdict.reason()).isEqualTo("half");
        assertThat(verdict.operations()).isEqualTo(7);
        assertThat(verdict.chunks()).extracting(ChunkScore::score).containsExactly(1.0, -1.0);
        assertThat(PARTIAL.chunks()).isEmpty();
    }

    @Test
    void chunksThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new ChunkScore(0, 1)).hasMessage("end is 0, must be at least 1");
        assertThatThrownBy(() -> new ChunkScore(1, Double.NaN)).hasMessage("score is NaN, must be finite");
        assertThatThrownBy(() -> new Verdict.InChunks(PARTIAL, List.of())).hasMessage("there is no chunk");
        assertThatThrownBy(() -> new Verdict.InChunks(PARTIAL, List.of(new ChunkScore(3, 1), new ChunkScore(3, 1))))
                .hasMessage("chunk 1 ends at 3, not after the one before it");
    }
}
