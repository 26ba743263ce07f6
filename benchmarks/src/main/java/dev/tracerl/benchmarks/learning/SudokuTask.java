package dev.tracerl.benchmarks.learning;

import dev.tracerl.core.pack.Demonstration;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.sudoku.SudokuPuzzle;
import dev.tracerl.verifiers.sudoku.SudokuVerifier;
import java.util.Arrays;
import java.util.List;

/** A puzzle as tokens: the givens are the prompt, the full grid and an end of text are the answer. */
record SudokuTask(SudokuPuzzle puzzle, int[] prompt, TaskInputs inputs) {
    private static final int END = 5;
    private static final int PAD = 6;
    private static final int MASK = 7;
    private static final int BLOCK = 4;
    private static final int CELLS = 16;
    private static final SudokuVerifier VERIFIER = new SudokuVerifier();

    /** Kept tokens of an answer: the cells and the end of text, up to the end of the block. */
    static final int MAX_TOKENS = CELLS + BLOCK;

    static SudokuTask of(SudokuPuzzle puzzle) {
        return new SudokuTask(puzzle, ids(puzzle.givens()), puzzle.task(puzzle.givens()));
    }

    static ModelConfig config(LoopOptions options) {
        return new ModelConfig(
                "sdar",
                MASK + 1,
                options.integer("hidden"),
                options.integer("intermediate"),
                options.integer("layers"),
                options.integer("heads"),
                options.integer("kvHeads"),
                options.integer("headDim"),
                1e-6,
                10_000,
                true,
                false,
                true,
                CELLS + MAX_TOKENS,
                BLOCK,
                MASK,
                List.of(END),
                PAD,
                0.02);
    }

    Demonstration demonstration() {
        int[] answer = Arrays.copyOf(ids(puzzle.solution()), CELLS + 1);
        answer[CELLS] = END;
        return Demonstration.filled(prompt, answer, BLOCK, END);
    }

    /** 1 for a solved puzzle, otherwise the share of blanks that are right; 0 for anything that is no grid. */
    double score(int[] response, int keptTokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < keptTokens; i++) {
            if (response[i] != END || i + 1 < keptTokens) {
                text.append((char) ('0' + response[i]));
            }
        }
        return VERIFIER.verify(inputs, text.toString()).score().orElse(0);
    }

    private static int[] ids(String cells) {
        return cells.chars().map(c -> c - '0').toArray();
    }
}
