package dev.tracerl.trainer.out;

import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.state.Outputs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a step leaves on the log.
 *
 * @param version version of the parameters
 * @param outputs records of the step
 * @param parameters a safetensors file; written if the outputs publish them
 * @param base version that they are adapters of; none if they are complete
 * @param dropped versions whose bytes are deleted, unless they are pinned
 * @param state the trainer's whole state, if the step leaves it
 */
public record Publication(
        long version,
        Outputs outputs,
        WeightBytes parameters,
        OptionalLong base,
        List<Long> dropped,
        Optional<StateFiles> state) {

    /** What the bytes are. */
    public WeightKind kind() {
        return base.isPresent() ? WeightKind.ADAPTER : WeightKind.FULL;
    }
}
