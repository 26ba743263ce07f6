package dev.tracerl.model.selfcheck;

import static dev.tracerl.model.selfcheck.Vectors.ints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.Checkpoint;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.SamplingBatch;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.PolicyTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Scores of a toy checkpoint on the device, and its generations where there are some. */
final class CheckpointCheck {
    private static final double TOLERANCE = 1e-4;

    private final String name;
    private final Network network;
    private final Parameters weights;
    private final List<Finding> findings = new ArrayList<>();

    private CheckpointCheck(String name, Network network, Parameters weights) {
        this.name = name;
        this.network = network;
        this.weights = weights;
    }

    static List<Finding> of(Path folder, Network network) {
        ModelConfig config = Checkpoint.config(folder);
        JsonNode golden = Vectors.read(folder.resolve("golden.json"));
        CheckpointCheck check =
                new CheckpointCheck(folder.getFileName().toString(), network, Checkpoint.read(folder, config));
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, check.weights, OptimizerSettings.published())) {
            switch (config.attention()) {
                case FULL -> check.full(trainer, golden);
                case BLOCK -> check.block(trainer, golden);
            }
        }
        return check.findings;
    }

    private void full(PolicyTrainer trainer, JsonNode golden) {
        double largest = 0;
        for (int i = 0; i < golden.get("ids").size(); i++) {
            PackedExample rows = ScoreRows.full(ints(golden.get("ids").get(i)));
            largest = Math.max(
                    largest, deviation(trainer, rows, golden.get("logits").get(i), 0));
        }
        findings.add(new Finding(name + " scores with full attention", largest, TOLERANCE));
    }

    private void block(PolicyTrainer trainer, JsonNode golden) {
        JsonNode causal = golden.get("block_causal");
        double largest = 0;
        for (int i = 0; i < causal.get("ids").size(); i++) {
            PackedExample rows = ScoreRows.blocks(
                    ints(causal.get("ids").get(i)), causal.get("block_size").intValue());
            largest = Math.max(
                    largest, deviation(trainer, rows, causal.get("logits").get(i), 0));
        }
        findings.add(new Finding(name + " scores with block attention", largest, TOLERANCE));
        double training = 0;
        JsonNode vector = golden.get("training");
        for (int i = 0; i < vector.get("extended_ids").size(); i++) {
            training = Math.max(training, training(trainer, vector, i));
        }
        findings.add(new Finding(name + " scores of training rows", training, TOLERANCE));
        double different = Vectors.list(golden.get("generation")).stream()
                .mapToDouble(this::differentTokens)
                .sum();
        findings.add(Finding.exact(name + " generations", different));
    }

    /** The published layout pads the prompt on the left; padding is seen by nothing, so it is left out. */
    private double training(PolicyTrainer trainer, JsonNode vector, int index) {
        int[] ids = ints(vector.get("extended_ids").get(index));
        int[] positions = ints(vector.get("position_ids").get(index));
        int promptLength = vector.get("prompt_length").intValue();
        int pads = (int) IntStream.range(0, promptLength)
                .filter(i -> ids[i] == vector.get("pad_id").intValue())
                .count();
        PackedExample rows = ScoreRows.training(
                Arrays.copyOfRange(ids, pads, ids.length),
                Arrays.copyOfRange(positions, pads, ids.length),
                vector.get("block_size").intValue(),
                promptLength - pads,
                vector.get("response_length").intValue());
        return deviation(trainer, rows, vector.get("logits").get(index), pads);
    }

    /** @param skipped rows of the expected scores that are of padding */
    private double deviation(PolicyTrainer trainer, PackedExample rows, JsonNode expected, int skipped) {
        float[] scores = trainer.targetScores(List.of(rows));
        double[][] wanted = Vectors.matrix(expected);
        int vocabulary = weights.config().vocabSize();
        double[][] found = new double[rows.rows()][vocabulary];
        for (int i = 0; i < scores.length; i++) {
            found[i / vocabulary][i % vocabulary] = scores[i];
        }
        return Vectors.deviation(found, Arrays.copyOfRange(wanted, skipped, wanted.length));
    }

    /** Greedy generations, of which the published ones may go on to the end of the last block. */
    private double differentTokens(JsonNode vector) {
        int[] prompt = ints(vector.get("prompt"));
        int[] output = ints(vector.get("output"));
        SamplerSettings settings = new SamplerSettings(
                vector.get("block_length").intValue(),
                vector.get("denoising_steps").intValue(),
                SamplerCheck.policy(vector),
                0,
                0,
                1,
                vector.get("gen_length").intValue());
        List<FinishedSample> finished = new ArrayList<>();
        try (SamplingBatch batch = new SamplingBatch(network, weights.config(), settings, Set.of())) {
            batch.add(List.of(new SampleRequest(name, 0, prompt, 1)));
            while (batch.active() > 0) {
                finished.addAll(batch.advance(weights, 0));
            }
        }
        int[] expected = Arrays.copyOfRange(output, prompt.length, output.length);
        int[] tokens = finished.get(0).response().tokens();
        int length = Math.min(tokens.length, expected.length);
        return Vectors.different(Arrays.copyOf(tokens, length), Arrays.copyOf(expected, length));
    }
}
