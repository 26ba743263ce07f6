package dev.tracerl.benchmarks.learning;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.SamplingBatch;
import java.util.ArrayList;
import java.util.List;

/** Samples responses to puzzles, a fixed number for each. */
final class Rollouts implements AutoCloseable {

    /** Responses to one task, in the order of their samples. */
    record Group(SudokuTask task, List<SampledResponse> responses) {
        double[] scores() {
            return responses.stream()
                    .mapToDouble(response -> task.score(response.tokens(), response.keptTokens()))
                    .toArray();
        }
    }

    private final SamplingBatch batch;

    Rollouts(Network network, ModelConfig config, SamplerSettings settings) {
        this.batch = new SamplingBatch(network, config, settings);
    }

    static SamplerSettings settings(LoopOptions options, double temperature, String policy, String bound) {
        return new SamplerSettings(
                4,
                options.integer("steps"),
                policy(options.text(policy), options.real(bound)),
                temperature,
                0,
                1,
                SudokuTask.MAX_TOKENS);
    }

    private static UnmaskingPolicy policy(String name, double bound) {
        return switch (name) {
            case "static" -> new UnmaskingPolicy.StaticLowConfidence();
            case "dynamic" -> new UnmaskingPolicy.DynamicLowConfidence(bound);
            case "sequential" -> new UnmaskingPolicy.Sequential();
            case "entropy" -> new UnmaskingPolicy.EntropyBounded(bound);
            default -> throw new IllegalArgumentException("no policy " + name);
        };
    }

    /** @param round makes the random numbers of every round different */
    List<Group> sample(List<SudokuTask> tasks, int samples, long round, Parameters weights) {
        List<SampleRequest> requests = new ArrayList<>();
        List<List<SampledResponse>> responses = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            responses.add(new ArrayList<>());
            for (int sample = 0; sample < samples; sample++) {
                requests.add(new SampleRequest(
                        String.valueOf(task), sample, tasks.get(task).prompt(), round));
            }
        }
        batch.add(requests);
        List<FinishedSample> finished = new ArrayList<>();
        while (batch.active() > 0) {
            finished.addAll(batch.advance(weights, round));
        }
        for (FinishedSample sample : finished) {
            responses.get(Integer.parseInt(sample.request().groupKey())).add(sample.response());
        }
        List<Group> groups = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            groups.add(new Group(tasks.get(task), responses.get(task)));
        }
        return groups;
    }

    /** Share of tasks solved with one response each. */
    double accuracy(List<SudokuTask> tasks, Parameters weights) {
        return sample(tasks, 1, 0, weights).stream()
                .mapToDouble(group -> group.scores()[0] >= 1 ? 1 : 0)
                .average()
                .orElse(0);
    }

    @Override
    public void close() {
        batch.close();
    }
}
