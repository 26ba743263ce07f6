package dev.tracerl.trainer.out;

import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.state.Checkpoint;
import dev.tracerl.trainer.state.CheckpointFiles;
import java.util.Map;

/**
 * A trainer's whole state, for the log.
 *
 * @param step training steps done
 * @param version version of the parameters
 * @param updates optimizer updates done
 * @param files contents by name, the checksums of all others last
 */
public record StateFiles(long step, long version, long updates, Map<String, WeightBytes> files) {

    /** The state that a checkpoint holds. */
    public static StateFiles of(Checkpoint checkpoint) {
        return new StateFiles(
                checkpoint.state().step(),
                checkpoint.state().version(),
                checkpoint.state().updates(),
                CheckpointFiles.encode(checkpoint));
    }
}
