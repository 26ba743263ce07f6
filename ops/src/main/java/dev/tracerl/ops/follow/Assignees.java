package dev.tracerl.ops.follow;

import dev.tracerl.schemas.avro.Assignment;
import java.util.Set;
import java.util.TreeSet;

/** Which deployments work on a run, by the newest assignment of each. Not thread-safe. */
final class Assignees {

    private final String runId;
    private final Set<String> deployments = new TreeSet<>();
    private String departure = "";

    Assignees(String runId) {
        this.runId = runId;
    }

    void add(Assignment assignment) {
        String deployment = assignment.getDeployment();
        String assigned = assignment.getRunId();
        if (runId.equals(assigned)) {
            deployments.add(deployment);
        } else if (deployments.remove(deployment)) {
            departure = "run %s stands still: deployment %s %s"
                    .formatted(runId, deployment, assigned == null ? "was taken off it" : "works on run " + assigned);
        }
    }

    boolean none() {
        return deployments.isEmpty();
    }

    /** What the last one left for. */
    String departure() {
        return departure;
    }
}
