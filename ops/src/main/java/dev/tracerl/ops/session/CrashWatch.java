package dev.tracerl.ops.session;

import dev.tracerl.ops.stack.StackState.ProcessState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notices that a process crashes again and again while a run gets no further. The supervisor tries on for ever, because
 * the cause may go away or the next run may do without it; whoever waits for this run should not. Not thread-safe.
 */
final class CrashWatch {

    private static final int MOST = 6;

    private final Map<String, Integer> before = new HashMap<>();
    private long milestones = -1;

    /**
     * What is wrong, if a process crashed too often since the run got further.
     *
     * @param now how far the run has come
     * @param processes the stack's processes
     */
    Optional<String> problem(long now, List<ProcessState> processes) {
        if (now != milestones) {
            milestones = now;
            processes.forEach(process -> before.put(process.name(), process.restarts()));
        }
        return processes.stream()
                .filter(process -> crashes(process) >= MOST)
                .map(this::problem)
                .findFirst();
    }

    private String problem(ProcessState process) {
        return ("%s ended %d times while the run got no further, the last time because %s (log: %s). "
                        + "When the cause is gone, run the command again to continue; "
                        + "a stack that is still up keeps trying")
                .formatted(process.name(), crashes(process), process.lastEnd(), process.log());
    }

    private int crashes(ProcessState process) {
        return process.restarts() - before.getOrDefault(process.name(), 0);
    }
}
