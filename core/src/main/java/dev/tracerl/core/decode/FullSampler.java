package dev.tracerl.core.decode;

import java.util.Arrays;

/**
 * Generates one response of a full-attention model (LLaDA, Dream) block by block: the plain statement of what the
 * batched tensor sampler must reproduce.
 *
 * <p>The sequence has its whole length from the start, all masks after the prompt; blocks {@code [s, e)} start at the
 * response's first token and are filled one after the other. A block's first step evaluates the whole sequence. Later
 * ones do so again or, with a prefix cache, evaluate a window {@code [s, min(e + horizon, end))} whose positions see
 * each other and what is before {@code s} as the first step saw it.
 *
 * <p>Shifted scores (Dream): row {@code i - 1} of the network scores position {@code i}; the first row of what is
 * evaluated scores its own position too. A window lacks the row of its first position, so the first step reveals that
 * position, and no other.
 *
 * <p>As in {@link BlockSampler}, the mask is never drawn, tokens are drawn as quantiles of counter-based random numbers
 * (where the published samplers take a Gumbel maximum or a multinomial), steps count from 1 over all blocks, and a
 * block's last scheduled step reveals everything still masked. Steps in which nothing is revealed do not occur.
 */
public final class FullSampler {

    private static final int[] NOTHING = {};

    private final SamplerSettings settings;
    private final SpecialTokens special;
    private final boolean shifted;
    private final int[] schedule; // (stepsPerBlock)

    /**
     * Creates a sampler.
     *
     * @param settings how tokens are drawn and revealed
     * @param shifted whether row {@code i - 1} of the network scores position {@code i}
     * @throws IllegalArgumentException if the settings are not for a full-attention model
     */
    public FullSampler(SamplerSettings settings, SpecialTokens special, boolean shifted) {
        settings.requireFullAttention(shifted);
        this.settings = settings;
        this.special = special;
        this.shifted = shifted;
        this.schedule = settings.fullSchedule(shifted);
    }

    /** Samples the response to {@code prompt} with the given random numbers. */
    public SampledResponse sample(FullLogitsSource network, int[] prompt, CounterRandom random) {
        BlockPartition partition = BlockPartition.responseAligned(settings.blockSize(), prompt.length);
        BlockRecorder recorder = new BlockRecorder(prompt, partition, special.mask());
        FullStop stop = new FullStop(settings, special);
        do {
            recorder.openBlock(network.version());
            int[] first = sequence(recorder);
            for (int step = 0; recorder.hasMasks(); step++) {
                double[][] rows = step == 0 || !settings.full().prefixCache()
                        ? rows(network.logits(sequence(recorder), 0, NOTHING), recorder.blockStart())
                        : rows(network.logits(window(recorder), recorder.blockStart(), first), 0);
                denoise(rows, recorder, step, TokenDraw.of(random));
            }
        } while (!stop.after(recorder.response(), recorder.blockTokens()));
        recorder.pad(settings.maxTokens(), special.pad());
        return recorder.finish(stop.of(recorder.response()));
    }

    private void denoise(double[][] rows, BlockRecorder recorder, int step, TokenDraw draw) {
        boolean[] masked = recorder.masked();
        if (shifted && step == 0) {
            Arrays.fill(masked, 1, masked.length, false);
        }
        BlockDraws.Place place = recorder.place(step);
        BlockDraws draws = BlockDraws.of(rows, masked, place, settings, special.mask(), draw);
        double[] ranks = new double[masked.length];
        for (int i = 0; i < ranks.length; i++) {
            boolean pad = draws.tokens()[i] == special.pad();
            double order = draw.order(place.block(), place.step(), place.start() + i);
            ranks[i] = settings.full().rank(draws.confidence()[i], pad, order);
        }
        recorder.reveal(settings.select(schedule, step, masked, ranks, draws.entropy()), draws);
    }

    /** Scores of the block's positions, the first of which is {@code from} in what was evaluated. */
    private double[][] rows(double[][] logits, int from) {
        double[][] rows = new double[settings.blockSize()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = logits[shifted ? Math.max(0, from + i - 1) : from + i];
        }
        return rows;
    }

    /** The whole sequence, masks after the current block. */
    private int[] sequence(BlockRecorder recorder) {
        int[] tokens = recorder.tokens();
        int promptLength = tokens.length - recorder.responseLength();
        int[] sequence = Arrays.copyOf(tokens, promptLength + settings.maxTokens());
        Arrays.fill(sequence, tokens.length, sequence.length, special.mask());
        return sequence;
    }

    private int[] window(BlockRecorder recorder) {
        int[] sequence = sequence(recorder);
        int end = settings.full().windowEnd(recorder.tokens().length, sequence.length);
        return Arrays.copyOfRange(sequence, recorder.blockStart(), end);
    }
}
