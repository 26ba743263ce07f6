package dev.tracerl.trainer.replay;

import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.trainer.train.ModelLearner.Device;

/** Told how a replay goes. */
public interface ReplayListener {

    /**
     * It begins.
     *
     * @param step step of the state that it starts from, 0 for the run's first weights
     * @param to last step
     * @param device where it trains, as recorded
     * @param builds who trains, and who trained
     */
    void started(long step, long to, Device device, Builds builds);

    /** A step was trained again. */
    void trained(TrainStep recorded, double loss);

    /** A published version has its recorded bytes. */
    void same(long version, String sha256);

    /** A step came out differently; the replay ends. */
    void differs(Difference difference);
}
