package dev.tracerl.trainer.out;

import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.WeightBytes;
import java.util.List;
import java.util.Map;

/**
 * The log as the trainer writes it: every call is one transaction, of which all is seen or nothing. After a failure,
 * open another one and ask {@link #fence} what is there. Serves one thread.
 */
public interface TrainerLog extends AutoCloseable {

    /**
     * Becomes the only trainer of the run: a transaction that another one left open is undone, and its writes fail from
     * now on. Must be called first.
     *
     * @return what the trainers of this run have written so far
     */
    LogState fence();

    /**
     * Writes what a step leaves: weights, the step, its groups' outcomes, state, and tombstones of dropped versions.
     *
     * @return the versions that were dropped: those of the publication that nobody has pinned
     */
    List<Long> publish(Publication publication);

    /** Writes a state that no step left. */
    void publish(StateFiles state);

    /**
     * Files of a state that is on the log, by name; to be closed after use.
     *
     * @throws CorruptWeightsException if bytes differ from the manifest
     * @throws MissingWeightsException if bytes are not there any more
     */
    Map<String, WeightBytes> read(TrainerStateManifest manifest);

    /** Writes the ends of groups that are not trained. */
    void close(List<Closing> closings);

    /** Writes the state of the run. */
    void write(RunStatus status);

    /** Outcomes of training groups, by anyone, since the last call or {@link #fence}. */
    List<GroupOutcome> newOutcomes();

    /** Results of evaluations since the last call; the first call returns all. */
    List<Evaluation> newEvaluations();

    @Override
    void close();

    /** Opens logs. */
    interface Factory {

        /** A log that is not fenced yet. */
        TrainerLog open();
    }
}
