package dev.tracerl.rollout.completion;

/** A request cannot be answered; its problem tells the client why. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    public RefusedException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
