package dev.tracerl.rollout.sample;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.StopReason;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.Sampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A model whose responses take a fixed number of rounds, one token of value 1 in each. */
final class FakeBatches implements SamplerFactory {

    static final int ROUNDS = 3;

    /** A limit on tokens with which sampling fails. */
    static final int FAILING_TOKENS = 13;

    /** A limit on tokens with which no batch can be opened. */
    static final int UNOPENED_TOKENS = 14;

    /** Group keys of the samples in each batch that was advanced, in order. */
    final List<List<String>> rounds = new ArrayList<>();

    int open;

    @Override
    public Sampler open(SamplerSettings settings) {
        if (settings.maxTokens() == UNOPENED_TOKENS) {
            throw new IllegalStateException("no memory");
        }
        open++;
        return new FakeBatch(settings.maxTokens() == FAILING_TOKENS);
    }

    @Override
    public void close() {
        // nothing native
    }

    private final class FakeBatch implements Sampler {
        private final Map<SampleRequest, List<Long>> versions = new LinkedHashMap<>();
        private final boolean failing;

        FakeBatch(boolean failing) {
            this.failing = failing;
        }

        @Override
        public void add(List<SampleRequest> group) {
            if (group.get(0).prompt().length == 0) {
                throw new IllegalArgumentException("the prompt is empty");
            }
            group.forEach(sample -> versions.put(sample, new ArrayList<>()));
        }

        @Override
        public List<FinishedSample> advance(Parameters weights, long version) {
            if (failing) {
                throw new IllegalStateException("no finite scores");
            }
            rounds.add(versions.keySet().stream()
                    .map(SampleRequest::groupKey)
                    .distinct()
                    .toList());
            List<FinishedSample> finished = new ArrayList<>();
            Iterator<Map.Entry<SampleRequest, List<Long>>> entries =
                    versions.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<SampleRequest, List<Long>> entry = entries.next();
                entry.getValue().add(version);
                if (entry.getValue().size() == ROUNDS) {
                    entries.remove();
                    finished.add(new FinishedSample(entry.getKey(), response(entry.getValue())));
                }
            }
            return finished;
        }

        @Override
        public List<FinishedSample> unfinished() {
            return versions.entrySet().stream()
                    .map(entry -> new FinishedSample(entry.getKey(), response(entry.getValue())))
                    .toList();
        }

        @Override
        public void drop(Predicate<SampleRequest> unwanted) {
            versions.keySet().removeIf(unwanted);
        }

        @Override
        public int active() {
            return versions.size();
        }

        @Override
        public void close() {
            open--;
        }
    }

    private static SampledResponse response(List<Long> versions) {
        int rounds = versions.size();
        int[] ones = new int[rounds];
        Arrays.fill(ones, 1);
        long[] blocks = versions.stream().mapToLong(Long::longValue).toArray();
        return new SampledResponse(ones, ones, new float[rounds], blocks, rounds, rounds, StopReason.LENGTH);
    }
}
