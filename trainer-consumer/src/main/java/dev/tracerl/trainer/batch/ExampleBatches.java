package dev.tracerl.trainer.batch;

import dev.tracerl.core.pack.MicroBatches;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What goes through the network at once. */
public final class ExampleBatches {

    private ExampleBatches() {}

    /**
     * Divides examples as {@link MicroBatches} does. Those that are longer than the limit and have no clean text, as with
     * full attention, are cut between their noisy copies; the pieces keep their id and their order.
     *
     * @param maxTokens limit on rows
     */
    public static List<List<Example>> of(List<Example> examples, int maxTokens) {
        List<Example> pieces = examples.stream()
                .flatMap(example ->
                        example.packed().split(maxTokens).stream().map(piece -> new Example(example.id(), piece)))
                .toList();
        return MicroBatches.of(pieces, Example::packed, maxTokens);
    }

    /**
     * Computes numbers of all targets, batch by batch.
     *
     * @param pass from a batch to an array for each of its examples, aligned with the targets
     * @return by id
     */
    public static Map<String, float[]> compute(
            List<Example> examples, int maxTokens, Function<List<Example>, float[][]> pass) {
        Map<String, float[]> byId = new HashMap<>();
        for (List<Example> batch : of(examples, maxTokens)) {
            float[][] numbers = pass.apply(batch);
            for (int i = 0; i < batch.size(); i++) {
                byId.merge(batch.get(i).id(), numbers[i], ExampleBatches::joined);
            }
        }
        return byId;
    }

    /** Rows of a batch that go through the network, padding aside. */
    public static int rows(List<Example> batch) {
        return MicroBatches.rows(batch.stream().map(Example::packed).toList());
    }

    private static float[] joined(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
