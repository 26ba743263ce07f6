package dev.tracerl.trainer.state;

/**
 * The next demonstration.
 *
 * @param epoch pass over the topic, from 0
 * @param index its number within the epoch, from 0; unreadable records are not counted
 * @param offset where to read on
 */
public record DemonstrationPosition(int epoch, int index, long offset) {

    /** The first demonstration of the first epoch. */
    public static final DemonstrationPosition START = new DemonstrationPosition(0, 0, 0);

    /** The position after this demonstration, in the same epoch. */
    public DemonstrationPosition next(long nextOffset) {
        return new DemonstrationPosition(epoch, index + 1, nextOffset);
    }

    /** The first position of the next epoch. */
    public DemonstrationPosition nextEpoch() {
        return new DemonstrationPosition(epoch + 1, 0, 0);
    }
}
