package dev.tracerl.rollout.completion;

import java.util.concurrent.atomic.AtomicInteger;

/** How many prompts may be in progress. Thread-safe. */
final class Slots {

    private final int limit;
    private final AtomicInteger taken = new AtomicInteger();

    Slots(int limit) {
        this.limit = limit;
    }

    /** Takes all of them or none. */
    boolean take(int count) {
        return taken.getAndUpdate(now -> now + count <= limit ? now + count : now) + count <= limit;
    }

    void giveBack(int count) {
        taken.addAndGet(-count);
    }

    int taken() {
        return taken.get();
    }
}
