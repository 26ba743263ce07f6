package dev.tracerl.benchmarks.learning;

import static java.util.stream.Collectors.toSet;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.PolicyTrainer;
import dev.tracerl.model.training.StepLoss;
import dev.tracerl.verifiers.sudoku.BlankRange;
import dev.tracerl.verifiers.sudoku.PublicSudoku;
import dev.tracerl.verifiers.sudoku.SudokuGenerator;
import dev.tracerl.verifiers.sudoku.SudokuPuzzle;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Teaches a small model to solve sudoku: a supervised warm-up until it solves some, then TraceRL. Options are given as
 * {@code key=value}, see {@link LoopOptions}.
 */
public final class LearningLoop {
    private final LoopOptions options;
    private final PrintStream out;
    private final ModelConfig config;
    private final List<SudokuTask> test;
    private final List<SudokuTask> validation;
    private final Set<String> excluded;
    private final int seed;

    private LearningLoop(LoopOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.config = SudokuTask.config(options);
        this.seed = options.integer("seed");
        List<SudokuPuzzle> published = PublicSudoku.puzzles();
        this.test = tasks(published.subList(0, options.integer("test")));
        Set<String> testGivens = published.stream().map(SudokuPuzzle::givens).collect(toSet());
        BlankRange blanks = new BlankRange(options.integer("rlBlanksMin"), options.integer("rlBlanksMax"));
        this.validation = tasks(new SudokuGenerator(1_000_003, blanks, testGivens).next(options.integer("validation")));
        testGivens.addAll(
                validation.stream().map(task -> task.puzzle().givens()).toList());
        this.excluded = testGivens;
    }

    private static List<SudokuTask> tasks(List<SudokuPuzzle> puzzles) {
        return puzzles.stream().map(SudokuTask::of).toList();
    }

    /** Runs the loop and prints a line for each evaluation. */
    public static void main(String[] arguments) {
        LoopOptions options = LoopOptions.parse(arguments);
        System.out.println(options); // the report of a command-line tool
        new LearningLoop(options, System.out).run();
    }

    private void run() {
        OptimizerSettings adam = new OptimizerSettings(0.9, options.real("beta2"), 1e-8, 0, 1);
        try (Network network = Network.open("cpu");
                Rollouts greedy =
                        new Rollouts(network, config, Rollouts.settings(options, 0, "evalPolicy", "evalBound"));
                PolicyTrainer warm = new PolicyTrainer(network, config, Parameters.random(config, seed), adam)) {
            print("parameters %d", warm.parameters().count());
            warmUp(warm, greedy);
            try (PolicyTrainer trainer = new PolicyTrainer(network, config, warm.parameters(), adam)) {
                if (options.flag("keepMoments")) {
                    trainer.restore(warm.optimizerState());
                }
                reinforce(network, trainer, greedy);
            }
        }
    }

    private void warmUp(PolicyTrainer trainer, Rollouts greedy) {
        BlankRange blanks = new BlankRange(options.integer("blanksMin"), options.integer("blanksMax"));
        WarmUp warmUp = new WarmUp(
                options, trainer, new SudokuGenerator(seed * 7L + 1, blanks, excluded), config.maskTokenId());
        double seconds = 0;
        for (int step = 0; step < options.integer("sftSteps"); step++) {
            Stopwatch watch = new Stopwatch();
            double loss = warmUp.step(step);
            seconds += watch.seconds();
            if ((step + 1) % options.integer("evalEvery") == 0) {
                double accuracy = greedy.accuracy(validation, trainer.parameters());
                print(
                        "warm-up %4d  loss %.4f  validation %.3f  %.3f s a step",
                        step + 1, loss, accuracy, seconds / (step + 1));
                if (accuracy >= options.real("sftStop")) {
                    break;
                }
            }
        }
        print("warm-up done, %.1f s  test %.3f", seconds, greedy.accuracy(test, trainer.parameters()));
    }

    private void reinforce(Network network, PolicyTrainer trainer, Rollouts greedy) {
        BlankRange blanks = new BlankRange(options.integer("rlBlanksMin"), options.integer("rlBlanksMax"));
        SudokuGenerator puzzles = new SudokuGenerator(seed * 7L + 2, blanks, excluded);
        Reinforcement reinforcement = new Reinforcement(options, trainer, config.maskTokenId());
        try (Rollouts rollouts = new Rollouts(
                network, config, Rollouts.settings(options, options.real("temperature"), "policy", "bound"))) {
            for (int step = 0; step < options.integer("rlSteps"); step++) {
                Stopwatch watch = new Stopwatch();
                List<SudokuTask> tasks = tasks(puzzles.next(options.integer("tasks")));
                List<Rollouts.Group> groups = rollouts.sample(
                        tasks, options.integer("group"), seed * 1_000_000L + step, trainer.parameters());
                double sampling = watch.lap();
                StepLoss loss = reinforcement.train(groups);
                report(step, groups, loss, sampling, watch.lap());
                if ((step + 1) % options.integer("evalEvery") == 0) {
                    print("test %.3f at step %d", greedy.accuracy(test, trainer.parameters()), step + 1);
                }
            }
        }
    }

    private void report(int step, List<Rollouts.Group> groups, StepLoss loss, double sampling, double training) {
        double[] scores =
                groups.stream().flatMapToDouble(g -> Arrays.stream(g.scores())).toArray();
        double mean = Arrays.stream(scores).average().orElse(0);
        double solved = Arrays.stream(scores).filter(s -> s >= 1).count() / (double) scores.length;
        double forwards = groups.stream()
                .flatMap(group -> group.responses().stream())
                .mapToInt(SampledResponse::forwards)
                .average()
                .orElse(0);
        print(
                "rl %4d  solved %.3f  score %.3f  kl %.5f  clipped %.3f  ess %.3f  forwards %.1f  %.2f + %.2f s",
                step + 1,
                solved,
                mean,
                loss.meanKl(),
                loss.clipFraction(),
                loss.effectiveSampleShare(),
                forwards,
                sampling,
                training);
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
