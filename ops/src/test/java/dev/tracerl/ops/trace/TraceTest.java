package dev.tracerl.ops.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.render.Answers;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceTest {

    @Test
    void everyStepMarksWhatItRevealed() {
        // Given
        Trace trace = Trace.of(answer("1,2=3", "1+2", 2, 1, 2, 4), Optional.empty(), Answers.NAMES);

        // When
        List<String> lines = new TraceText(false).lines(trace);

        // Then
        assertThat(lines)
                .containsExactly(
                        "run-e-000003/0  task sudoku-test/3",
                        "prompt     1,2=3",
                        "step    1  ·[+]··   p 0.500  version 7",
                        "step    2  [1]+[2]·   p 0.250  version 7",
                        "step    4  1+2[<|endoftext|>]   p 0.500  version 9");
    }

    @Test
    void tokensWithoutCharactersAreShownByNameOrNumber() {
        // Given
        Trajectory trajectory = answer("1", "12", 1, 2, 3);
        Segment generated = trajectory.getSegments().get(1);
        generated.setText("1");
        generated.setTokens(Packed.ints(new int[] {11, 1, 99}));
        generated.setOffsets(Packed.ints(new int[] {0, 0, 1}));

        // When
        Trace trace = Trace.of(trajectory, Optional.empty(), Answers.NAMES);

        // Then
        assertThat(new TraceText(false).lines(trace))
                .containsSubsequence(
                        "step    1  [<|pad|>]··   p 0.500  version 7",
                        "step    2  <|pad|>[1]·   p 0.500  version 7",
                        "step    3  <|pad|>1[<99>]   p 0.500  version 7");
        assertThat(TracePage.of(trace)).contains("\"text\":\"\",\"name\":\"\\u003c|pad|>\"");
    }

    @Test
    void aStepIsOneLineWhateverItRevealed() {
        // Given
        Trace trace = Trace.of(answer("1", "a\nb c", 1, 2, 3, 4, 5, 6), Optional.empty(), Answers.NAMES);

        // When
        List<String> plain = new TraceText(false).lines(trace);
        List<String> coloured = new TraceText(true).lines(trace);

        // Then
        assertThat(plain.get(3)).startsWith("step    2  a[\u23ce]····");
        assertThat(plain.get(5)).startsWith("step    4  a\u23ceb[ ]··");
        assertThat(coloured.get(5)).contains("b\u001b[1;32m\u2423\u001b[0m");
    }

    @Test
    void colourIsAnsiAndPlainHasNone() {
        Trace trace = Trace.of(answer("1,2=3", "1+2", 2, 1, 2, 4), Optional.empty(), Answers.NAMES);

        assertThat(new TraceText(true).lines(trace).get(2)).contains("\u001b[1;32m+\u001b[0m");
        assertThat(String.join("", new TraceText(false).lines(trace))).doesNotContain("\u001b");
    }

    @Test
    void aPageHoldsTheTraceAndNothingEndsItsScript() {
        Trace trace = Trace.of(answer("1,2=3", "</s", 1, 2, 3, 4), Optional.empty(), Answers.NAMES);

        String page = TracePage.of(trace);

        assertThat(page).contains("\"trajectoryId\":\"run-e-000003/0\"").contains("\\u003c/s");
        assertThat(page.split("</script>", -1)).hasSize(2);
        assertThat(page).doesNotContain("http:").doesNotContain("https:");
    }

    /** The prompt fills a block of 4 and one position of the next, so the answer's first block has 3 positions. */
    private static Trajectory answer(String prompt, String answer, int... steps) {
        Trajectory trajectory = Answers.of(prompt, answer, steps);
        Segment given = trajectory.getSegments().get(0);
        given.setKeptTokens(5);
        Segment generated = trajectory.getSegments().get(1);
        float[] logProbs = new float[steps.length];
        Arrays.fill(logProbs, (float) Math.log(0.5));
        generated.setLogProbs(Packed.floats(logProbs));
        trajectory.setBlockVersions(Packed.longs(new long[] {7, 9}));
        return trajectory;
    }
}
