package dev.tracerl.trainer.plan;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.training.ComputeSettings;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.Trainable;
import dev.tracerl.schemas.avro.InitialWeights;

/**
 * Network, optimizer and first weights.
 *
 * @param config shape of the network
 * @param optimizer settings of AdamW
 * @param initial where version 0 comes from
 * @param trainable what is trained
 * @param compute how gradients are computed
 */
public record ModelPlan(
        ModelConfig config,
        OptimizerSettings optimizer,
        InitialWeights initial,
        Trainable trainable,
        ComputeSettings compute) {}
