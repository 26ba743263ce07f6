package dev.tracerl.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextCodecTest {
    private static final String ALPHABET = "0123456789+-*/()= é";

    private final TextCodec codec = TextCodec.fromJson(ToyTokenizer.characters(ALPHABET));

    @Test
    void charactersHaveTheIdsOfTheAlphabet() {
        // When
        Encoding encoding = codec.encode("(3+4)*é 0");

        // Then
        assertThat(encoding.ids()).containsExactly(14, 3, 10, 4, 15, 12, 18, 17, 0);
        assertThat(encoding.offsets()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void specialTokensFollowTheAlphabet() {
        // When
        Encoding encoding = codec.encode("1<|endoftext|><|pad|><|mask|>2");

        // Then
        assertThat(encoding.ids())
                .containsExactly(
                        1,
                        ToyTokenizer.endOfText(ALPHABET),
                        ToyTokenizer.pad(ALPHABET),
                        ToyTokenizer.mask(ALPHABET),
                        2);
        assertThat(encoding.offsets()).containsExactly(0, 1, 14, 21, 29);
        assertThat(ToyTokenizer.vocabSize(ALPHABET)).isEqualTo(22);
    }

    @Test
    void decodingLeavesSpecialTokensOut() {
        // When
        Decoding decoding = codec.decodeWithOffsets(new int[] {1, 10, 20, 2, 19, 19});

        // Then
        assertThat(decoding.text()).isEqualTo("1+2");
        assertThat(decoding.offsets()).containsExactly(0, 1, 2, 2, 3, 3);
        assertThat(codec.decode(new int[] {1, 10, 20, 2, 19, 19})).isEqualTo("1+2");
    }

    @Test
    void longTextsAreNeitherCutNorPadded() {
        // Given
        String text = "0123456789".repeat(300);

        // When
        int[] ids = codec.encode(text).ids();
        Decoding decoding = codec.decodeWithOffsets(ids);

        // Then
        assertThat(ids).hasSize(3000);
        assertThat(decoding.text()).isEqualTo(text);
        assertThat(decoding.offsets()).isEqualTo(IntStream.range(0, 3000).toArray());
    }

    @Test
    void unknownCharactersAreRefused() {
        assertThatThrownBy(() -> codec.encode("1a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("text cannot be encoded");
    }

    @Test
    void anythingButATokenizerIsRefused() {
        assertThatThrownBy(() -> TextCodec.fromJson("{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tokenizer.json cannot be used");
    }

    @Test
    void alphabetsWithRepeatedCharactersAreRefused() {
        assertThatThrownBy(() -> ToyTokenizer.characters("aa")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void charactersOfTwoCharsCountAsTwo() {
        // Given: two such characters, four bytes each
        TextCodec bytes = TextCodec.fromJson(ByteLevel.tokenizer());

        // When
        Encoding encoding = bytes.encode("a😀b😀c");

        // Then
        assertThat(encoding.offsets()).containsExactly(0, 1, 1, 1, 1, 3, 4, 4, 4, 4, 6);
    }

    @Test
    void byteLevelTokensWithinACharacterCountUpToIt() {
        // Given: a byte-level tokenizer without merges; the euro sign is three bytes
        TextCodec bytes = TextCodec.fromJson(ByteLevel.tokenizer());
        String text = "a€b";

        // When
        Encoding encoding = bytes.encode(text);
        Decoding decoding = bytes.decodeWithOffsets(encoding.ids());

        // Then
        assertThat(encoding.ids()).hasSize(5);
        assertThat(encoding.offsets()).containsExactly(0, 1, 1, 1, 2);
        assertThat(decoding.text()).isEqualTo(text);
        assertThat(decoding.offsets()[0]).isZero();
        assertThat(decoding.offsets()[1]).isEqualTo(1);
        assertThat(decoding.offsets()[4]).isEqualTo(2);
    }
}
