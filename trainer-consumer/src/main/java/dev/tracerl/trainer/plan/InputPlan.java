package dev.tracerl.trainer.plan;

import dev.tracerl.trainer.batch.DemonstrationPacker.Order;

/** What a training step consumes. */
public sealed interface InputPlan {

    /**
     * Groups of sampled responses.
     *
     * @param perStep groups of a step
     * @param maxLag largest lag of a group
     * @param inSequence whether groups are trained in the order of their numbers instead of arrival
     */
    record Groups(int perStep, int maxLag, boolean inSequence) implements InputPlan {}

    /**
     * Demonstrations.
     *
     * @param perStep demonstrations of a step
     * @param order how they are masked
     * @param seed seed of the masks
     */
    record Demonstrations(int perStep, Order order, long seed) implements InputPlan {}
}
