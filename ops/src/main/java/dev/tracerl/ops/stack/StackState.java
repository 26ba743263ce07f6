package dev.tracerl.ops.stack;

import java.util.List;

/**
 * What the supervisor of a stack tells about it, in {@code stack.json} of the data folder.
 *
 * @param pid process id of the supervisor
 * @param phase where the stack stands
 * @param message FAILED: why, in words for the user; otherwise empty
 * @param bootstrapServers address of the broker
 * @param registryUrl address of the registry
 * @param deployment name under which the services look for their run
 * @param startedAt when the supervisor started, milliseconds since 1970
 * @param processes the children in the order of their start
 */
public record StackState(
        long pid,
        Phase phase,
        String message,
        String bootstrapServers,
        String registryUrl,
        String deployment,
        long startedAt,
        List<ProcessState> processes) {

    /** Where a stack stands. */
    public enum Phase {
        STARTING,
        READY,
        STOPPING,
        FAILED
    }

    /**
     * One child.
     *
     * @param pid process id, -1 while it is not running
     * @param health URL that tells whether it is ready
     * @param log its log
     * @param restarts how often it was started again after a crash
     * @param lastEnd why it crashed the last time, in words for the user; empty if it never did
     */
    public record ProcessState(String name, long pid, String health, String log, int restarts, String lastEnd) {}

    /** What another one that wants to use or start the stack has to know, unless it is ready. */
    public String occupation() {
        return switch (phase) {
            case STARTING -> "another tracerl is starting this stack (process %d); wait for it".formatted(pid);
            case READY -> "this stack is running already (process %d)".formatted(pid);
            case STOPPING -> "this stack is being stopped (process %d); wait for it".formatted(pid);
            case FAILED ->
                "this stack could not be started and is being stopped (process %d); wait for it: %s"
                        .formatted(pid, message);
        };
    }

    /** Number of rollout-producer processes. */
    public long rollouts() {
        return count(Services.ROLLOUT);
    }

    /** Number of workers for slow or dangerous checks. */
    public long verifiers() {
        return count(Services.VERIFIER);
    }

    private long count(String prefix) {
        return processes.stream()
                .filter(process -> process.name().startsWith(prefix))
                .count();
    }
}
