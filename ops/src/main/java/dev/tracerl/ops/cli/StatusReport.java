package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.Health;
import dev.tracerl.ops.stack.StackState;
import dev.tracerl.schemas.avro.RunStatus;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stack as the command status shows it.
 *
 * @param phase where it stands; DOWN if it is not running, then there is nothing else
 * @param assignedRun run that its services work on
 * @param warning what is wrong with that run; absent if nothing is known
 */
record StatusReport(
        String dataDir,
        String phase,
        @Nullable String bootstrapServers,
        @Nullable String registryUrl,
        @Nullable String assignedRun,
        @Nullable String warning,
        List<StackProcess> processes,
        List<Run> runs) {

    /** A process of the stack. */
    record StackProcess(String name, String state, long pid, int restarts, String health) {

        static StackProcess of(StackState.ProcessState process) {
            String state = process.pid() < 0
                    ? "not running"
                    : Health.isReady(URI.create(process.health())) ? "ready" : "not ready";
            return new StackProcess(process.name(), state, process.pid(), process.restarts(), process.health());
        }
    }

    /** A run that was assigned once. */
    record Run(
            String runId,
            String state,
            long step,
            long version,
            @Nullable Double accuracy,
            String reason) {

        static Run of(RunStatus status, ShownState shown) {
            return new Run(
                    status.getRunId(),
                    shown.state(status),
                    status.getStep(),
                    status.getVersion(),
                    status.getAccuracy(),
                    shown.reason(status));
        }

        String line() {
            String held = accuracy == null ? "" : String.format(Locale.ROOT, "  held-out %.1f %%", 100 * accuracy);
            return String.format(Locale.ROOT, "  %-20s %-9s step %-5d version %-5d", runId, state, step, version)
                    + held
                    + "  "
                    + reason;
        }
    }

    static StatusReport down(String dataDir) {
        return new StatusReport(dataDir, "DOWN", null, null, null, null, List.of(), List.of());
    }

    List<String> lines() {
        if (bootstrapServers == null) {
            return List.of("No stack is running in " + dataDir + ".");
        }
        List<String> lines = new ArrayList<>();
        boolean ready = phase.equals(StackState.Phase.READY.name());
        if (!ready) {
            lines.add("The stack in " + dataDir + " is " + phase + ".");
        }
        lines.add("Kafka " + bootstrapServers + ", registry " + registryUrl);
        processes.forEach(process -> lines.add(line(process)));
        if (ready) {
            lines.add(assignedRun == null ? "No run is assigned." : "Assigned run: " + assignedRun);
        }
        runs.forEach(run -> lines.add(run.line()));
        if (warning != null) {
            lines.add("  ! " + warning);
        }
        processes.stream()
                .filter(process -> process.name().startsWith("rollout-producer"))
                .map(process -> "Completions: " + URI.create(process.health()).resolve("/v1"))
                .forEach(lines::add);
        return lines;
    }

    private static String line(StackProcess process) {
        return String.format(
                Locale.ROOT,
                "  %-20s %-12s pid %-8d restarts %-3d %s",
                process.name(),
                process.state(),
                process.pid(),
                process.restarts(),
                process.health());
    }
}
