package dev.tracerl.rollout.group;

/** Where a request came from, told what became of it. Thread-safe. */
public interface Receipt {

    /** Everything that the request asked for is on the log, or nothing will be. Further calls change nothing. */
    void done();

    /**
     * The request cannot be served: it becomes a dead letter.
     *
     * @param reason what is wrong, and what to do
     */
    void refuse(String reason);

    /** Whether another worker has taken the request over. */
    boolean revoked();
}
