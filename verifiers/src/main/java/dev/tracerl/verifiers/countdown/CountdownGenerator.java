package dev.tracerl.verifiers.countdown;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Draws distinct tasks of three numbers from 1 to 100 with a target from 1 to 100, distributed as in the public test set:
 * three uniform numbers, of which random pairs are joined by random operators, with differences turned so that they are
 * not negative and divisions that come out even, until the value is in range. The same seed gives the same tasks on every JVM. Not thread-safe.
 */
public final class CountdownGenerator {

    private static final int LIMIT = 100;
    private static final int ATTEMPTS = 100_000;
    private static final int FOLDS = 200; // expressions tried for one set of numbers
    private static final String OPERATORS = "+-*/";

    private final SplittableRandom random;
    private final Set<CountdownTask> used;

    /**
     * Creates a generator.
     *
     * @param seed decides all tasks
     * @param excluded tasks that are never drawn, in whatever order of their numbers
     */
    public CountdownGenerator(long seed, Collection<CountdownTask> excluded) {
        this.random = new SplittableRandom(seed);
        this.used = excluded.stream().map(CountdownTask::canonical).collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * Draws the next tasks; none is ever drawn twice by one generator, whatever the order of its numbers.
     *
     * @throws IllegalStateException if no new task is found
     */
    public List<CountdownDemonstration> next(int count) {
        List<CountdownDemonstration> tasks = new ArrayList<>();
        while (tasks.size() < count) {
            tasks.add(next());
        }
        return List.copyOf(tasks);
    }

    private CountdownDemonstration next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<CountdownDemonstration> drawn = draw();
            if (drawn.isPresent() && used.add(drawn.get().task().canonical())) {
                return drawn.get();
            }
        }
        throw new IllegalStateException("no new task in " + ATTEMPTS + " attempts; " + used.size() + " are used");
    }

    private Optional<CountdownDemonstration> draw() {
        List<Integer> numbers = List.of(number(), number(), number());
        for (int attempt = 0; attempt < FOLDS; attempt++) {
            Optional<Term> term = fold(numbers);
            if (term.isPresent() && term.get().value() >= 1 && term.get().value() <= LIMIT) {
                CountdownTask task = new CountdownTask(numbers, term.get().value());
                return Optional.of(new CountdownDemonstration(task, term.get().text()));
            }
        }
        return Optional.empty();
    }

    private int number() {
        return random.nextInt(1, LIMIT + 1);
    }

    /** Joins random pairs of terms until one is left; empty if a division does not come out even. */
    private Optional<Term> fold(List<Integer> numbers) {
        List<Term> terms = new ArrayList<>(numbers.stream().map(Term::number).toList());
        while (terms.size() > 1) {
            Term left = terms.remove(random.nextInt(terms.size()));
            Term right = terms.remove(random.nextInt(terms.size()));
            Optional<Term> joined = left.join(OPERATORS.charAt(random.nextInt(OPERATORS.length())), right);
            if (joined.isEmpty()) {
                return Optional.empty();
            }
            terms.add(joined.get());
        }
        return Optional.of(terms.get(0));
    }
}
