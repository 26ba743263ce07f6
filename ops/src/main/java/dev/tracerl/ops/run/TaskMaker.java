package dev.tracerl.ops.run;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.countdown.CountdownDemonstration;
import dev.tracerl.verifiers.countdown.CountdownGenerator;
import dev.tracerl.verifiers.countdown.CountdownTask;
import dev.tracerl.verifiers.countdown.PublicCountdown;
import dev.tracerl.verifiers.sudoku.BlankRange;
import dev.tracerl.verifiers.sudoku.PublicSudoku;
import dev.tracerl.verifiers.sudoku.SudokuGenerator;
import dev.tracerl.verifiers.sudoku.SudokuPuzzle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tasks of task sets, in order: a generated set repeats no task of the sets before it and none of the public
 * tests. The same sources give the same tasks.
 */
final class TaskMaker {

    private final Set<String> usedGivens = new HashSet<>();
    private final List<CountdownTask> usedCountdowns = new ArrayList<>();

    TaskMaker() {
        PublicSudoku.puzzles().forEach(puzzle -> usedGivens.add(puzzle.givens()));
        usedCountdowns.addAll(PublicCountdown.tasks());
    }

    /** The tasks of a set. */
    List<Task> make(TaskSource source) {
        return switch (source.kind()) {
            case SUDOKU -> sudokus(source);
            case COUNTDOWN -> countdowns(source);
        };
    }

    private List<Task> sudokus(TaskSource source) {
        List<SudokuPuzzle> puzzles = source.origin() == TaskSource.Origin.PUBLIC
                ? first(PublicSudoku.puzzles(), source)
                : new SudokuGenerator(source.seed(), new BlankRange(source.minBlanks(), source.maxBlanks()), usedGivens)
                        .next(source.count());
        puzzles.forEach(puzzle -> usedGivens.add(puzzle.givens()));
        return IntStream.range(0, puzzles.size())
                .mapToObj(index -> {
                    SudokuPuzzle puzzle = puzzles.get(index);
                    return task(source, index, puzzle.task(Ids.task(source.set(), index)), puzzle.solution());
                })
                .toList();
    }

    private List<Task> countdowns(TaskSource source) {
        if (source.origin() == TaskSource.Origin.PUBLIC) {
            List<CountdownTask> tasks = first(PublicCountdown.tasks(), source);
            return IntStream.range(0, tasks.size())
                    .mapToObj(index -> task(source, index, tasks.get(index).task(Ids.task(source.set(), index)), null))
                    .toList();
        }
        List<CountdownDemonstration> drawn = new CountdownGenerator(source.seed(), usedCountdowns).next(source.count());
        drawn.forEach(demonstration -> usedCountdowns.add(demonstration.task()));
        return IntStream.range(0, drawn.size())
                .mapToObj(index -> task(
                        source,
                        index,
                        drawn.get(index).task().task(Ids.task(source.set(), index)),
                        drawn.get(index).expression()))
                .toList();
    }

    private static <T> List<T> first(List<T> all, TaskSource source) {
        int count = source.count() == 0 ? all.size() : source.count();
        if (count > all.size()) {
            throw new IllegalArgumentException("task set %s: %d tasks are wanted, the public set has %d"
                    .formatted(source.set(), count, all.size()));
        }
        return all.subList(0, count);
    }

    private static Task task(TaskSource source, int index, TaskInputs inputs, @Nullable String reference) {
        return Task.newBuilder()
                .setTaskId(inputs.taskId())
                .setSet(source.set())
                .setIndex(index)
                .setKind(inputs.kind())
                .setPrompt(inputs.prompt())
                .setInputs(inputs.inputs())
                .setReference(reference)
                .build();
    }
}
