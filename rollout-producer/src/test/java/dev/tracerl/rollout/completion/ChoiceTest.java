package dev.tracerl.rollout.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.StopReason;
import dev.tracerl.core.decode.StopRule;
import dev.tracerl.model.text.TextCodec;
import dev.tracerl.model.text.ToyTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A response that grows block by block, as the client sees it. */
class ChoiceTest {

    private static final String ALPHABET = "abcdefgh\uFFFD";
    private static final int END = ToyTokenizer.endOfText(ALPHABET);

    private static TextCodec codec;

    @BeforeAll
    static void open() {
        codec = TextCodec.fromJson(ToyTokenizer.characters(ALPHABET));
    }

    @AfterAll
    static void close() {
        codec.close();
    }

    private static Choice choice(int maxTokens, String... stops) {
        return new Choice(0, new TextRules(codec, new StopRule(Set.of(END), maxTokens), List.of(stops), true));
    }

    /** A response of so many letters; a dot ends the text. */
    private static SampledResponse response(String text) {
        int[] tokens =
                text.chars().map(c -> c == '.' ? END : ALPHABET.indexOf(c)).toArray();
        float[] logProbs = new float[tokens.length];
        IntStream.range(0, tokens.length).forEach(i -> logProbs[i] = -i);
        int[] steps = new int[tokens.length];
        Arrays.fill(steps, 1);
        return new SampledResponse(tokens, steps, logProbs, new long[] {0}, tokens.length, 1, StopReason.LENGTH);
    }

    private static String texts(List<Token> tokens) {
        return tokens.stream().map(Token::text).reduce("", String::concat);
    }

    @Test
    void blocksAddUpAndTheEndOfTextIsNoPartOfIt() {
        // Given
        Choice choice = choice(20);

        // When
        Piece first = choice.take(response("abc"));
        boolean goesOn = choice.reason().isEmpty();
        Piece second = choice.take(response("abcde.fg"));

        // Then
        assertThat(goesOn).isTrue();
        assertThat(List.of(first.text(), second.text())).containsExactly("abc", "de");
        assertThat(choice.reason()).contains(FinishReason.STOP);
        assertThat(choice.count()).isEqualTo(5);
        assertThat(texts(choice.tokens())).isEqualTo("abcde");
        assertThat(choice.tokens()).extracting(Token::logProb).containsExactly(0f, -1f, -2f, -3f, -4f);
    }

    @Test
    void theLimitCutsWithinABlock() {
        // Given
        Choice choice = choice(4);

        // When
        Piece piece = choice.take(response("abcdef"));

        // Then
        assertThat(piece.text()).isEqualTo("abcd");
        assertThat(choice.reason()).contains(FinishReason.LENGTH);
    }

    @Test
    void whatMayBecomeAStopIsHeldBackUntilItIsDecided() {
        // Given
        Choice choice = choice(20, "cdh", "dx");

        // When
        List<String> texts = List.of(
                choice.take(response("abcd")).text(),
                choice.take(response("abcdef")).text(),
                choice.take(response("abcdefgc")).text(),
                choice.take(response("abcdefgcdha")).text());

        // Then
        assertThat(texts).containsExactly("ab", "cdef", "g", "");
        assertThat(choice.reason()).contains(FinishReason.STOP);
        assertThat(texts(choice.tokens())).isEqualTo("abcdefg");
    }

    @Test
    void whatWasHeldBackIsOutAtTheEnd() {
        // Given
        Choice choice = choice(4, "defg");

        // When
        Piece piece = choice.take(response("abcd"));

        // Then
        assertThat(piece.text()).isEqualTo("abcd");
        assertThat(piece.tokens()).hasSize(4);
    }

    @Test
    void theEarliestOfSeveralStopsCounts() {
        // Given
        Choice choice = choice(20, "e", "bc");

        // When
        choice.take(response("abcde"));

        // Then
        assertThat(choice.text()).isEqualTo("a");
    }

    @Test
    void halfACharacterWaitsForItsOtherHalf() {
        // Given
        Choice choice = choice(20);

        // When
        Piece half = choice.take(response("ab\uFFFD"));
        Piece whole = choice.take(response("abcd"));

        // Then
        assertThat(half.text()).isEqualTo("ab");
        assertThat(whole.text()).isEqualTo("cd");
    }
}
