package dev.tracerl.schemas.client;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunSpec;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which run a service works on. A service starts idle, takes the first run that its deployment is assigned to, and
 * exits for a restart by its supervisor when the assignment changes.
 *
 * <pre>
 *   idle --assigned--> working --reassigned or unassigned--> exit with {@link #EXIT_CODE}
 * </pre>
 */
public final class RunAssignment implements AutoCloseable {

    /** Exit code of a service whose assignment changed: its supervisor starts it again. */
    public static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(RunAssignment.class);

    private final Connection connection;
    private final AvroSerdes serdes;
    private final String deployment;
    private final Consumer<RunSpec> onAssigned;
    private final Runnable onChanged;
    private final TopicFollower<Assignment> follower;
    private @Nullable String runId;

    /**
     * Starts to watch.
     *
     * @param onAssigned called once, on the watching thread, with the run to work on; must return soon
     * @param onChanged called when the service must exit for a restart
     */
    public RunAssignment(
            Connection connection,
            AvroSerdes serdes,
            String deployment,
            Consumer<RunSpec> onAssigned,
            Runnable onChanged) {
        this.connection = connection;
        this.serdes = serdes;
        this.deployment = deployment;
        this.onAssigned = onAssigned;
        this.onChanged = onChanged;
        this.follower = new TopicFollower<>(connection, serdes, Topics.ASSIGNMENTS, this::changed);
    }

    private void changed(String key, Optional<Assignment> assignment) {
        if (!key.equals(deployment)) {
            return;
        }
        String assigned = assignment.map(Assignment::getRunId).orElse(null);
        if (runId == null) {
            take(assigned);
        } else if (!runId.equals(assigned)) {
            LOG.atInfo()
                    .addKeyValue("runId", runId)
                    .addKeyValue("next", assigned)
                    .log("assignment changed");
            onChanged.run();
        }
    }

    private void take(@Nullable String assigned) {
        if (assigned == null) {
            return;
        }
        RunSpec run = TopicReader.latest(connection, serdes, Topics.RUNS).get(assigned);
        if (run == null) {
            LOG.atError().addKeyValue("runId", assigned).log("assigned to a run that is not on the topic runs");
            return;
        }
        LOG.atInfo().addKeyValue("runId", assigned).log("assigned");
        runId = assigned;
        onAssigned.accept(run);
    }

    @Override
    public void close() {
        follower.close();
    }
}
