package dev.tracerl.rollout.in;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which requests of one assigned partition are done. An offset may be committed when every earlier request is done, so
 * that a restart repeats work but never loses any. Thread-safe.
 */
final class PartitionProgress {

    private final TreeSet<Long> open = new TreeSet<>();
    private long next = -1;
    private boolean revoked;

    /** Takes note of a request that was read; offsets must rise. */
    synchronized void track(long offset) {
        if (offset < next) {
            throw new IllegalArgumentException("offset " + offset + " after " + (next - 1));
        }
        open.add(offset);
        next = offset + 1;
    }

    /** A request is done; done twice is done. */
    synchronized void done(long offset) {
        open.remove(offset);
    }

    /** The offset from which a successor must read; empty before the first request. */
    synchronized OptionalLong committable() {
        if (next < 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(open.isEmpty() ? next : open.first());
    }

    /** The partition belongs to another worker now. */
    synchronized void revoke() {
        revoked = true;
    }

    synchronized boolean revoked() {
        return revoked;
    }
}
