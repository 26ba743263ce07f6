package dev.tracerl.benchmarks.learning;

import java.util.LinkedHashMap;
import java.util.Map;

/** Options given as {@code key=value}; every key has a default. */
final class LoopOptions {
    private final Map<String, String> values = new LinkedHashMap<>();

    private LoopOptions() {
        model();
        warmUp();
        reinforcement();
    }

    static LoopOptions parse(String[] arguments) {
        LoopOptions options = new LoopOptions();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2 || !options.values.containsKey(parts[0])) {
                throw new IllegalArgumentException("unknown option " + argument + "; known: " + options.values);
            }
            options.values.put(parts[0], parts[1]);
        }
        return options;
    }

    private void model() {
        values.put("hidden", "64");
        values.put("layers", "4");
        values.put("heads", "4");
        values.put("kvHeads", "2");
        values.put("headDim", "16");
        values.put("intermediate", "192");
        values.put("seed", "1");
        values.put("microRows", "4096");
    }

    private void warmUp() {
        values.put("blanksMin", "4"); // of the warm-up's puzzles
        values.put("blanksMax", "10");
        values.put("sftSteps", "400");
        values.put("sftBatch", "64");
        values.put("sftRate", "3e-3");
        values.put("sftRamp", "20"); // steps of the linear warm-up
        values.put("sftMask", "order"); // order: random order, one token a step; random: random masks
        values.put("sftStop", "0.5"); // validation accuracy at which the warm-up ends
        values.put("beta2", "0.95");
        values.put("validation", "128"); // puzzles of our own, to choose when to stop
    }

    private void reinforcement() {
        values.put("rlBlanksMin", "8");
        values.put("rlBlanksMax", "8");
        values.put("rlSteps", "100");
        values.put("tasks", "32");
        values.put("group", "16");
        values.put("minibatches", "2"); // optimizer steps for each batch of samples
        values.put("epochs", "1");
        values.put("rate", "3e-4");
        values.put("rateRamp", "5");
        values.put("keepMoments", "true"); // of the warm-up
        values.put("clip", "0.2");
        values.put("klBeta", "0");
        values.put("temperature", "1");
        values.put("policy", "static"); // static, dynamic, sequential, entropy
        values.put("bound", "0.9"); // threshold or entropy bound
        values.put("steps", "4"); // denoising steps of a block
        values.put("shrink", "1");
        values.put("normalization", "TARGETS");
        values.put("advantage", "Z_SCORE");
        values.put("reward", "share"); // share: of the blanks; outcome: 1 if solved
        values.put("denominator", "recorded"); // recorded, recomputed
        values.put("evalEvery", "5");
        values.put("test", "256"); // public puzzles
        values.put("evalPolicy", "static");
        values.put("evalBound", "0.9");
    }

    String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no option " + key);
        }
        return value;
    }

    int integer(String key) {
        return Integer.parseInt(text(key));
    }

    double real(String key) {
        return Double.parseDouble(text(key));
    }

    boolean flag(String key) {
        return Boolean.parseBoolean(text(key));
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
