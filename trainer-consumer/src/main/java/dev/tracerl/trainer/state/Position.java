package dev.tracerl.trainer.state;

/**
 * The trainer's place in its input. A run reads one of the two; the other stays at its start.
 *
 * @param groups place among the training groups
 * @param demonstrations place among the demonstrations
 */
public record Position(GroupPosition groups, DemonstrationPosition demonstrations) {

    /** Nothing has been read. */
    public static final Position START = new Position(GroupPosition.START, DemonstrationPosition.START);

    /** The same place among the demonstrations, another one among the groups. */
    public Position at(GroupPosition other) {
        return new Position(other, demonstrations);
    }

    /** The same place among the groups, another one among the demonstrations. */
    public Position at(DemonstrationPosition other) {
        return new Position(groups, other);
    }
}
