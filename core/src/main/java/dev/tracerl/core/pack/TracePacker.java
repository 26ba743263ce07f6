package dev.tracerl.core.pack;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.trace.StepMap;
import dev.tracerl.core.trace.TraceSlice;
import dev.tracerl.core.trace.TraceSlicer;
import java.util.Arrays;

/**
 * Packs a traced response so that one evaluation covers its whole trace: with block attention
 * {@code [prompt | clean response | one noisy copy per (block, step)]}, with full attention
 * {@code [one noisy copy of prompt and response per step]}.
 *
 * <p>The copy of (block, step) shows the block as it was before that step: tokens of earlier steps clean, the others
 * masked. It sees the clean text before its block and itself, which is what the sampler saw. Compared with one row per
 * round of all blocks it has the same targets with the same context, without padding and without repeating the prompt.
 *
 * <p>With full attention a single block holds prompt and response; nothing is before it, so that there is no clean text.
 */
public final class TracePacker {

    private TracePacker() {}

    /**
     * Packs one response. Every trained token is a target once; steps that revealed only tokens that are not trained have
     * no copy, but those tokens stay visible as context.
     */
    public static PackedExample pack(TracedResponse response, PackSettings settings) {
        PackBuilder builder = new PackBuilder(response, settings);
        BlockPartition partition = partition(response, settings);
        StepMap steps = shrunk(response, settings);
        for (TraceSlice slice : TraceSlicer.slice(steps, partition)) {
            if (Arrays.stream(slice.targets()).anyMatch(builder::trained)) {
                boolean[] masked = new boolean[steps.length()];
                boolean[] target = new boolean[steps.length()];
                for (int i = 0; i < masked.length; i++) {
                    masked[i] = steps.steps()[i] >= slice.step();
                    target[i] = steps.steps()[i] == slice.step();
                }
                builder.addCopy(slice.block(), masked, target);
            }
        }
        return builder.build();
    }

    /**
     * The merged step that revealed each target of what {@link #pack} made of a response.
     *
     * @return {@code (M)} aligned with {@link PackedExample#targets}
     */
    public static int[] steps(TracedResponse response, PackedExample packed, PackSettings settings) {
        int[] steps = shrunk(response, settings).steps();
        int start = response.prompt().length - settings.layout().shift();
        return Arrays.stream(packed.targets())
                .map(row -> steps[packed.positions()[row] - start])
                .toArray();
    }

    private static StepMap shrunk(TracedResponse response, PackSettings settings) {
        return new StepMap(response.stepMap()).shrink(settings.shrink(), partition(response, settings));
    }

    /** In coordinates of the response. */
    private static BlockPartition partition(TracedResponse response, PackSettings settings) {
        int start = response.prompt().length;
        return settings.partition(start, response.response().length).relativeTo(start);
    }
}
