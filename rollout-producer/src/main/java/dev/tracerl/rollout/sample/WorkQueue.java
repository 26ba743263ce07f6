package dev.tracerl.rollout.sample;

import dev.tracerl.rollout.group.RolloutGroup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Groups that wait for the engine: evaluation before training before completions, each in order of arrival. The intake
 * keeps it bounded by reading no more while it is full; completions do not count, their door bounds them. Thread-safe.
 */
public final class WorkQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<RolloutGroup> evaluation = new ArrayDeque<>();
    private final Deque<RolloutGroup> training = new ArrayDeque<>();
    private final Deque<RolloutGroup> completions = new ArrayDeque<>();
    private final int capacity;
    private boolean news;

    /** @param capacity groups from which on the queue counts as full */
    public WorkQueue(int capacity) {
        this.capacity = capacity;
    }

    public void add(RolloutGroup group) {
        lock.lock();
        try {
            line(group).add(group);
            signal();
        } finally {
            lock.unlock();
        }
    }

    private Deque<RolloutGroup> line(RolloutGroup group) {
        if (group.completion()) {
            return completions;
        }
        return group.evaluation() ? evaluation : training;
    }

    /** Takes the first group that fits; evaluation groups go first, completions last. */
    public Optional<RolloutGroup> take(Predicate<RolloutGroup> fits) {
        lock.lock();
        try {
            return take(evaluation, fits).or(() -> take(training, fits)).or(() -> take(completions, fits));
        } finally {
            lock.unlock();
        }
    }

    private static Optional<RolloutGroup> take(Deque<RolloutGroup> groups, Predicate<RolloutGroup> fits) {
        for (Iterator<RolloutGroup> waiting = groups.iterator(); waiting.hasNext(); ) {
            RolloutGroup group = waiting.next();
            if (fits.test(group)) {
                waiting.remove();
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    /** Groups of the log that wait. */
    public int size() {
        lock.lock();
        try {
            return evaluation.size() + training.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether no more should be read for now. */
    public boolean full() {
        return size() >= capacity;
    }

    /** Lets the engine look again, because something other than the queue changed. */
    public void wake() {
        lock.lock();
        try {
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for news since the last call, at most the given time. */
    void await(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            while (!news && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            news = false;
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        news = true;
        changed.signalAll();
    }
}
