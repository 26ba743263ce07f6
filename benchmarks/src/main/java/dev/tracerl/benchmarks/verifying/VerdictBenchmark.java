package dev.tracerl.benchmarks.verifying;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.countdown.CountdownDemonstration;
import dev.tracerl.verifiers.countdown.CountdownGenerator;
import dev.tracerl.verifiers.countdown.CountdownVerifier;
import dev.tracerl.verifiers.math.MathVerifier;
import dev.tracerl.verifiers.sudoku.BlankRange;
import dev.tracerl.verifiers.sudoku.SudokuGenerator;
import dev.tracerl.verifiers.sudoku.SudokuVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Verdicts per second on one thread, on a fixed list of right answers in turn: {@code java -jar
 * benchmarks/target/tracerl-benchmarks-*.jar VerdictBenchmark -rf json -rff verdicts.json}. Puzzles are drawn with seed 7.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class VerdictBenchmark {

    private static final long SEED = 7;
    private static final int PUZZLES = 100;

    private final MathVerifier math = new MathVerifier();
    private final Cases countdown = countdownCases(false);
    private final Cases countdownProse = countdownCases(true);
    private final Cases sudoku = sudokuCases();
    private final Cases easy = new Cases(
            math,
            List.of(
                    math("18", "So she makes $18 every day.\n#### 18"),
                    math("\\frac{3}{4}", "Therefore $\\boxed{0.75}$."),
                    math("1234567", "\\boxed{1{,}234{,}567}"),
                    math("3\\sqrt{13}", "\\boxed{\\sqrt{117}}"),
                    math("(x+1)^2", "\\boxed{x^2+2x+1}"),
                    math("[0,1)", "\\boxed{0\\le x<1}"),
                    math("\\begin{pmatrix}1\\\\2\\end{pmatrix}", "\\boxed{(1,2)}"),
                    math("50\\%", "The answer is 50%.")));
    private final Cases identities = new Cases(
            math,
            List.of(
                    math("2\\sin x\\cos x", "\\boxed{\\sin 2x}"),
                    math("\\cos 2x", "\\boxed{1-2\\sin^2 x}"),
                    math("\\tan\\frac{x}{2}", "\\boxed{\\frac{\\sin x}{1+\\cos x}}"),
                    math("\\tanh x", "\\boxed{\\frac{e^{2x}-1}{e^{2x}+1}}")));
    private final Cases values = new Cases(
            math,
            List.of(
                    math("1", "\\boxed{\\sqrt[3]{2+\\sqrt{5}}+\\sqrt[3]{2-\\sqrt{5}}}"),
                    math("\\frac{\\pi}{4}", "\\boxed{\\arctan\\frac12+\\arctan\\frac13}"),
                    math("2\\ln a+\\ln b", "\\boxed{\\ln(a^2b)}"),
                    math("|x-7|", "\\boxed{|7-x|}")));
    private final Cases symbolic = new Cases(
            math,
            List.of(
                    math("a^{m+n}", "\\boxed{a^m a^n}"),
                    math("e^{i\\pi}", "\\boxed{-1}"),
                    math("x^{\\ln y}", "\\boxed{y^{\\ln x}}")));

    /** A task and a right response. */
    private record Case(TaskInputs task, String response) {}

    /** Cases that are judged in turn. */
    private static final class Cases {
        private final Verifier verifier;
        private final List<Case> cases;
        private int next;

        Cases(Verifier verifier, List<Case> cases) {
            this.verifier = verifier;
            this.cases = cases;
        }

        Verdict judge() {
            Case each = cases.get(next++ % cases.size());
            Verdict verdict = verifier.verify(each.task(), each.response());
            if (!(verdict instanceof Verdict.Correct)) {
                throw new IllegalStateException("not correct: " + each + ": " + verdict);
            }
            return verdict;
        }
    }

    /** A bare expression of three numbers. */
    @Benchmark
    public Verdict countdown() {
        return countdown.judge();
    }

    /** The same at the end of 600 characters of prose. */
    @Benchmark
    public Verdict countdownInProse() {
        return countdownProse.judge();
    }

    /** A bare grid of four by four. */
    @Benchmark
    public Verdict sudoku() {
        return sudoku.judge();
    }

    /** What the normal form decides. */
    @Benchmark
    public Verdict mathInline() {
        return easy.judge();
    }

    /** What sums and multiples of angles, and powers of e, decide. */
    @Benchmark
    public Verdict mathIdentities() {
        return identities.judge();
    }

    /** What values to many digits decide. */
    @Benchmark
    public Verdict mathValues() {
        return values.judge();
    }

    /** What the process with computer algebra decides. */
    @Benchmark
    public Verdict mathSymbolic() {
        return symbolic.judge();
    }

    private static Cases countdownCases(boolean prose) {
        List<Case> cases = new ArrayList<>();
        for (CountdownDemonstration drawn : new CountdownGenerator(SEED, List.of()).next(PUZZLES)) {
            String response =
                    prose ? "Let me try. ".repeat(50) + "So \\boxed{" + drawn.expression() + "}." : drawn.expression();
            cases.add(new Case(drawn.task().task("benchmark/0"), response));
        }
        return new Cases(new CountdownVerifier(), cases);
    }

    private static Cases sudokuCases() {
        return new Cases(
                new SudokuVerifier(),
                new SudokuGenerator(SEED, new BlankRange(8, 8), Set.of())
                        .next(PUZZLES).stream()
                                .map(puzzle -> new Case(puzzle.task("benchmark/0"), puzzle.solution()))
                                .toList());
    }

    private static Case math(String answer, String response) {
        return new Case(new TaskInputs("benchmark/0", "math", "", Map.of("answer", answer)), response);
    }
}
