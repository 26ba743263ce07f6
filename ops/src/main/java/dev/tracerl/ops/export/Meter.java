package dev.tracerl.ops.export;

/** Counts the records of one phase and tells from time to time. */
final class Meter {

    private static final int EVERY = 64;

    private final ExportListener listener;
    private final String phase;
    private final long total;
    private long done;

    Meter(ExportListener listener, String phase, long total) {
        this.listener = listener;
        this.phase = phase;
        this.total = total;
    }

    void add() {
        done++;
        if (done % EVERY == 0) {
            listener.progress(phase, done, total);
        }
    }
}
