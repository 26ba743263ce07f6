package dev.tracerl.benchmarks.stream;

import java.util.Map;

/** What trajectories look like. Every other answer is wrong; verdicts are cheap, so that the stream is measured. */
enum Shape {
    /** As the demonstration's run samples them. */
    SUDOKU("sudoku", Map.of("givens", "1234341221430000"), new Lengths(20, 20, 17)) {
        @Override
        String answer(boolean right) {
            return right ? "1234341221434321" : "1234341221434311";
        }
    },
    /** Answers to school mathematics: one kilobyte of prose with a boxed word at its end. */
    SCHOOL("exact", Map.of("answer", "forty-two"), new Lengths(100, 256, 244)) {
        @Override
        String answer(boolean right) {
            return prose(28, right);
        }
    },
    /** Long answers: two kilobytes of the same. */
    LONG("exact", Map.of("answer", "forty-two"), new Lengths(100, 512, 500)) {
        @Override
        String answer(boolean right) {
            return prose(57, right);
        }
    };

    /** Tokens of prompt and response, and how many of the response are kept. */
    record Lengths(int prompt, int response, int kept) {}

    final String kind;
    final Map<String, String> inputs;
    final Lengths lengths;

    Shape(String kind, Map<String, String> inputs, Lengths lengths) {
        this.kind = kind;
        this.inputs = inputs;
        this.lengths = lengths;
    }

    abstract String answer(boolean right);

    private static String prose(int sentences, boolean right) {
        return "Let us take one step after another. ".repeat(sentences)
                + (right ? "\\boxed{forty-two}" : "\\boxed{forty-three}");
    }
}
