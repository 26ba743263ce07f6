package dev.tracerl.rollout.group;

import java.util.concurrent.atomic.AtomicInteger;

/** Receipt of a group: its request is done when every sample is on the log. Thread-safe. */
public final class GroupReceipt {

    private final AtomicInteger missing;
    private final Receipt request;

    /** @param samples number of trajectories that are asked for */
    public GroupReceipt(int samples, Receipt request) {
        this.missing = new AtomicInteger(samples);
        this.request = request;
    }

    /** One more trajectory of the group is on the log. */
    public void samplePublished() {
        if (missing.decrementAndGet() == 0) {
            request.done();
        }
    }

    /** Nothing will be sampled, and nobody has to know. */
    public void drop() {
        request.done();
    }

    /**
     * The group cannot be sampled.
     *
     * @param reason what is wrong, and what to do
     */
    public void refuse(String reason) {
        request.refuse(reason);
    }

    /** Whether another worker has taken the group over. */
    public boolean revoked() {
        return request.revoked();
    }
}
