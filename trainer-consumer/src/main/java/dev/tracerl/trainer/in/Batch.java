package dev.tracerl.trainer.in;

import dev.tracerl.schemas.avro.OffsetRange;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.state.Position;
import java.util.List;

/**
 * The input of one training step.
 *
 * @param examples one list per group in training order; one example each for demonstrations
 * @param groups the groups; none for demonstrations
 * @param inputs the records that were read
 * @param after place in the input once the step is done
 */
public record Batch(
        List<List<Example>> examples, List<TrainingGroup> groups, List<OffsetRange> inputs, Position after) {

    public Batch {
        examples = List.copyOf(examples);
        groups = List.copyOf(groups);
        inputs = List.copyOf(inputs);
    }
}
