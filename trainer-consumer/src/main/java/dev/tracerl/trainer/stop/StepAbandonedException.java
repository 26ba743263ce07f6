package dev.tracerl.trainer.stop;

/** A step was abandoned because training is to stop. The last checkpoint is the trainer's state. */
public final class StepAbandonedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** When the next step must not begin. */
    public StepAbandonedException() {
        super("the step was abandoned because training is to stop");
    }
}
