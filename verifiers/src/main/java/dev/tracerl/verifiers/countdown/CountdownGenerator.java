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
 * Draws distinct tasks of three numbers from 1 to 100 with a target from 1 to 100, as the public test set has them: three
 * uniform numbers, uniform operators between them and a uniform grouping, kept if the value is whole and in range. The same seed gives the same tasks on every JVM. Not thread-safe.
 */
public final class CountdownGenerator {

    private static final int LIMIT = 100;
    private static final int ATTEMPTS = 1_000_000;
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
        String expression = expression(shuffled(numbers));
        return value(expression)
                .filter(target -> target >= 1 && target <= LIMIT)
                .map(target -> new CountdownDemonstration(new CountdownTask(numbers, target), expression));
    }

    private int number() {
        return random.nextInt(1, LIMIT + 1);
    }

    private List<Integer> shuffled(List<Integer> numbers) {
        List<Integer> left = new ArrayList<>(numbers);
        List<Integer> order = new ArrayList<>();
        while (!left.isEmpty()) {
            order.add(left.remove(random.nextInt(left.size())));
        }
        return order;
    }

    /** Groups {@code a o b o c} to the left or to the right, with parentheses only where precedence needs them. */
    private String expression(List<Integer> numbers) {
        char first = operator();
        char second = operator();
        String a = numbers.get(0).toString();
        String b = numbers.get(1).toString();
        String c = numbers.get(2).toString();
        if (random.nextBoolean()) {
            String left = a + first + b;
            return (binds(second) && !binds(first) ? "(" + left + ")" : left) + second + c;
        }
        String right = b + second + c;
        boolean plain = first == '+' || (first == '*' && binds(second));
        return a + first + (plain || (first == '-' && binds(second)) ? right : "(" + right + ")");
    }

    private char operator() {
        return OPERATORS.charAt(random.nextInt(OPERATORS.length()));
    }

    /** Whether an operator binds more tightly than a sum. */
    private static boolean binds(char operator) {
        return operator == '*' || operator == '/';
    }

    /** The value if it is whole. */
    private static Optional<Integer> value(String expression) {
        try {
            return Expression.evaluate(expression).value().whole();
        } catch (MalformedExpressionException e) {
            return Optional.empty(); // division by zero
        }
    }
}
