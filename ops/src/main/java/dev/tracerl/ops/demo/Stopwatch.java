package dev.tracerl.ops.demo;

/** Wall time of a demo by part, written down often, so that it survives whatever ends the process. */
final class Stopwatch {

    private static final long WRITE_NANOS = 5_000_000_000L;

    private final DemoStateFile file;
    private DemoState state;
    private DemoState.Seconds before;
    private long startNanos = System.nanoTime();
    private long writtenNanos = startNanos;
    private Part part = Part.START_UP;

    /** Parts of a demo. */
    enum Part {
        START_UP,
        WARM_UP,
        RL
    }

    Stopwatch(DemoStateFile file, DemoState state) {
        this.file = file;
        this.state = state;
        this.before = state.seconds();
    }

    /** Ends the part before and begins another one. */
    void enter(Part next) {
        write();
        before = state.seconds();
        part = next;
        startNanos = System.nanoTime();
    }

    /** To be called often. */
    void tick() {
        if (System.nanoTime() - writtenNanos >= WRITE_NANOS) {
            write();
        }
    }

    /** The state with all time that was spent. */
    DemoState write() {
        writtenNanos = System.nanoTime();
        state = state.withSeconds(plus((writtenNanos - startNanos) / 1e9));
        file.write(state);
        return state;
    }

    private DemoState.Seconds plus(double seconds) {
        return switch (part) {
            case START_UP -> new DemoState.Seconds(before.startUp() + seconds, before.warmUp(), before.rl());
            case WARM_UP -> new DemoState.Seconds(before.startUp(), before.warmUp() + seconds, before.rl());
            case RL -> new DemoState.Seconds(before.startUp(), before.warmUp(), before.rl() + seconds);
        };
    }
}
