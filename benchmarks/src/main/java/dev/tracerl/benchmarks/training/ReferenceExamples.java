package dev.tracerl.benchmarks.training;

import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.ReferenceRow;
import dev.tracerl.core.pack.ReferenceRows;
import dev.tracerl.core.pack.TracedResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The published layout: for every round one row {@code [prompt | response | noisy response]}, padded to the longest
 * prompt and response, with the head over the whole noisy copy. What is no target has weight 0.
 *
 * <p>Each row stands at positions of its own, which changes nothing as only differences of positions count: published rows
 * repeat the text that they have in common, and so must these.
 *
 * <p>The padding stands behind the response in blocks of its own, so that it costs what it costs there and changes
 * nothing.
 */
final class ReferenceExamples {
    private final Shape shape;
    private final PackSettings settings;

    ReferenceExamples(Shape shape) {
        this.shape = shape;
        this.settings = shape.packing();
    }

    List<PackedExample> of(List<TracedResponse> responses) {
        List<PackedExample> examples = new ArrayList<>();
        for (TracedResponse response : responses) {
            for (ReferenceRow row : ReferenceRows.absolute(response, settings)) {
                examples.add(example(row, response, examples.size()));
            }
        }
        return examples;
    }

    private PackedExample example(ReferenceRow row, TracedResponse response, int offset) {
        int block = shape.block();
        int text = row.labels().length;
        int noisyText = row.extendedIds().length - text;
        int clean = (Shape.LONGEST_PROMPT + shape.response()) / block * block;
        int noisy = Math.max(noisyText, shape.response() / block * block);
        int noisyStart = text - noisyText;
        Rows rows = new Rows(clean + noisy);
        for (int i = 0; i < clean; i++) {
            int token = i < text ? row.labels()[i] : Shape.PAD;
            rows.add(token, offset + i, (i / block + 1) * block, -1);
        }
        for (int i = 0; i < noisy; i++) {
            int token = i < noisyText ? row.extendedIds()[text + i] : Shape.PAD;
            rows.add(token, offset + noisyStart + i, (noisyStart + i) / block * block, i / block);
        }
        return rows.example(clean, targets(row, response, clean, noisy));
    }

    /** Every row of the noisy copy. */
    private Targets targets(ReferenceRow row, TracedResponse response, int clean, int noisy) {
        Targets targets = new Targets(noisy);
        int start = response.prompt().length;
        int noisyStart = row.labels().length - (row.extendedIds().length - row.labels().length);
        for (int i = 0; i < noisy; i++) {
            int position = noisyStart + i;
            targets.rows[i] = clean + i;
            targets.labels[i] = position < row.labels().length ? row.labels()[position] : Shape.PAD;
            if (position < row.labels().length && row.targets()[position]) {
                targets.advantages[i] = response.advantages()[position - start];
                targets.logProbs[i] = response.logProbs()[position - start];
                targets.weights[i] = 1f / settings.responseLength();
            }
        }
        return targets;
    }

    private static final class Targets {
        private final int[] rows;
        private final int[] labels;
        private final float[] advantages;
        private final float[] logProbs;
        private final float[] weights;

        Targets(int count) {
            this.rows = new int[count];
            this.labels = new int[count];
            this.advantages = new float[count];
            this.logProbs = new float[count];
            this.weights = new float[count];
        }
    }

    private static final class Rows {
        private final int[] tokens;
        private final int[] positions;
        private final int[] clean;
        private final int[] copy;
        private int count;

        Rows(int capacity) {
            this.tokens = new int[capacity];
            this.positions = new int[capacity];
            this.clean = new int[capacity];
            this.copy = new int[capacity];
        }

        void add(int token, int position, int visible, int copyNumber) {
            tokens[count] = token;
            positions[count] = position;
            clean[count] = visible;
            copy[count++] = copyNumber;
        }

        PackedExample example(int cleanLength, Targets targets) {
            return new PackedExample(
                    Arrays.copyOf(tokens, count),
                    positions,
                    clean,
                    copy,
                    cleanLength,
                    targets.rows,
                    targets.labels,
                    targets.advantages,
                    targets.logProbs,
                    targets.weights,
                    new float[0]);
        }
    }
}
