/** Sudoku of four by four cells: judge, generator and the public test puzzles. */
@NullMarked
package dev.tracerl.verifiers.sudoku;

import org.jspecify.annotations.NullMarked;
