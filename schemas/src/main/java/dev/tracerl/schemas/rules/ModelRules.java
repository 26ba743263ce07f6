package dev.tracerl.schemas.rules;

import dev.tracerl.schemas.avro.EarlyStop;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.Partition;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import java.util.List;

/** Finds the values of a run that its model cannot have, all at once. */
public final class ModelRules {

    private static final String FULL_ONLY = "is for models with full attention; this one has block attention";

    private final ModelShape model;
    private final Findings findings = new Findings();

    private ModelRules(ModelShape model) {
        this.model = model;
    }

    /** The wrong values of a run whose numbers are within their bounds; empty if there are none. */
    public static List<WrongValue> wrong(RunSpec run, ModelShape model) {
        return new ModelRules(model).check(run);
    }

    private List<WrongValue> check(RunSpec run) {
        sampler("sampler", run.getSampler());
        if (run.getMethod() != Method.EVALUATION) {
            loss(run.getLoss());
        }
        for (int index = 0; index < run.getEvaluation().size(); index++) {
            sampler(
                    "evaluation[" + index + "].sampler",
                    run.getEvaluation().get(index).getSampler());
        }
        return findings.all();
    }

    /** A stage with longer responses needs a model with more positions. */
    private void sampler(String key, SamplerSpec sampler) {
        int tokens = sampler.getMaxTokens();
        findings.require(
                tokens < model.positions(),
                key + ".maxTokens",
                "must be below the model's %d positions for prompt and response together (max_position_embeddings in model.config), not %d"
                        .formatted(model.positions(), tokens));
        if (model.blocks()) {
            blockSampler(key, sampler);
        } else {
            fullSampler(key, sampler);
        }
    }

    private void blockSampler(String key, SamplerSpec sampler) {
        findings.require(!sampler.getPrefixCache(), key + ".prefixCache", FULL_ONLY);
        findings.require(sampler.getFurtherHorizon() == null, key + ".furtherHorizon", FULL_ONLY);
        findings.require(sampler.getEarlyStop() == EarlyStop.NEVER, key + ".earlyStop", FULL_ONLY);
        findings.require(sampler.getSelectionTemperature() == 0, key + ".selectionTemperature", FULL_ONLY);
        findings.require(sampler.getPadPenalty() == 1, key + ".padPenalty", FULL_ONLY);
    }

    private void fullSampler(String key, SamplerSpec sampler) {
        int blockSize = sampler.getBlockSize();
        findings.require(
                sampler.getMaxTokens() % blockSize == 0,
                key + ".maxTokens",
                "must be a multiple of blockSize, which is %d, for a model with full attention, not %d"
                        .formatted(blockSize, sampler.getMaxTokens()));
        findings.require(
                !model.shifted() || blockSize == 1 || sampler.getStepsPerBlock() >= 2,
                key + ".stepsPerBlock",
                "must be at least 2 for a model with shifted scores: its first step reveals one token only");
    }

    private void loss(LossSpec loss) {
        findings.require(
                model.blocks() || loss.getPartition() == Partition.ABSOLUTE,
                "loss.partition",
                "must be ABSOLUTE for a model with full attention, which has no blocks, not " + loss.getPartition());
        findings.require(
                !model.blocks() || loss.getMaskedCopies() == 1,
                "loss.maskedCopies",
                "must be 1 for a model with block attention, which takes one random subset of each block, not "
                        + loss.getMaskedCopies());
    }
}
