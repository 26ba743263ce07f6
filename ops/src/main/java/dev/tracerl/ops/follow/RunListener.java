package dev.tracerl.ops.follow;

import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.TrainStep;

/** Hears what is new in a run, on the follower's thread. What was on the log before it is not told again. */
public interface RunListener {

    /** What was on the log is known now. */
    void caughtUp(RunProgress progress);

    /** A training step was done. */
    void step(TrainStep step);

    /** An evaluation was finished. */
    void evaluated(Evaluation evaluation);

    /**
     * The run stands still, since no deployment is assigned to it any more.
     *
     * @param departure which one left last, and what for
     * @throws RuntimeException to stop following
     */
    void left(String departure);

    /** A deployment is assigned to the run again. */
    void returned();

    /**
     * A moment passed; called several times a second.
     *
     * @throws RuntimeException to stop following
     */
    void tick(RunProgress progress);
}
