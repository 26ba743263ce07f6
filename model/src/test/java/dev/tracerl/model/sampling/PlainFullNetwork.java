package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.FullLogitsSource;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.training.PlainTransformer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A full-attention network in double precision. A cache is a copy of the whole sequence in front of the window: its rows
 * see each other only, and the window sees those before its start.
 */
final class PlainFullNetwork implements FullLogitsSource {
    private final PlainTransformer transformer;

    PlainFullNetwork(Parameters weights) {
        this.transformer = new PlainTransformer(weights);
    }

    @Override
    public double[][] logits(int[] window, int start, int[] cached) {
        int copies = start == 0 ? 0 : cached.length;
        int[] tokens = Arrays.copyOf(cached, copies + window.length);
        System.arraycopy(window, 0, tokens, copies, window.length);
        int[] positions = IntStream.range(0, tokens.length)
                .map(i -> i < copies ? i : start + i - copies)
                .toArray();
        double[][] scores =
                transformer.scores(tokens, positions, (i, j) -> i < copies ? j < copies : j < start || j >= copies);
        return Arrays.copyOfRange(scores, copies, scores.length);
    }
}
