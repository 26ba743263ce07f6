package dev.tracerl.trainer.plan;

import dev.tracerl.trainer.batch.DemonstrationPacker.Order;
import dev.tracerl.trainer.batch.ResponsePacker.Slices;

/** What a training step consumes. */
public sealed interface InputPlan {

    /**
     * Groups of sampled responses.
     *
     * @param perStep groups of a step
     * @param maxLag largest lag of a group
     * @param inSequence whether groups are trained in the order of their numbers instead of arrival
     * @param slices which of a response's tokens are targets together
     * @param seed seed of random masks
     */
    record Groups(int perStep, int maxLag, boolean inSequence, Slices slices, long seed) implements InputPlan {}

    /**
     * Demonstrations.
     *
     * @param perStep demonstrations of a step
     * @param order how they are masked
     * @param seed seed of the masks
     */
    record Demonstrations(int perStep, Order order, long seed) implements InputPlan {}
}
