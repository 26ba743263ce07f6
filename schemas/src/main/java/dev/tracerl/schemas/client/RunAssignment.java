package dev.tracerl.schemas.client;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunSpec;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which run a service works on. A service starts idle, takes the first run that its deployment is assigned to, and
 * exits for a restart by its supervisor when the assignment changes.
 *
 * <pre>
 *   idle --assigned--> working --reassigned or unassigned--> exit with {@link #EXIT_CODE}
 *   any --assignments cannot be followed any more--> exit with {@link #FAILURE}
 * </pre>
 */
public final class RunAssignment implements AutoCloseable {

    /**
     * Exit code of a service whose assignment changed: its supervisor starts it again at once. Not 3, with which Java
     * ends under {@code -XX:+ExitOnOutOfMemoryError}.
     */
    public static final int EXIT_CODE = 4;

    /** Exit code of a service that cannot go on and may be cured by a restart: its supervisor waits a little first. */
    public static final int FAILURE = 1;

    private static final Logger LOG = LoggerFactory.getLogger(RunAssignment.class);

    private final Connection connection;
    private final AvroSerdes serdes;
    private final String deployment;
    private final Consumer<RunSpec> onAssigned;
    private final IntConsumer exit;
    private final TopicFollower<Assignment> follower;
    private @Nullable String runId;

    /**
     * Starts to watch.
     *
     * @param onAssigned called once, on the watching thread, with the run to work on; must return soon
     * @param exit called with the exit code when the service must exit for a restart; must return soon
     */
    public RunAssignment(
            Connection connection,
            AvroSerdes serdes,
            String deployment,
            Consumer<RunSpec> onAssigned,
            IntConsumer exit) {
        this.connection = connection;
        this.serdes = serdes;
        this.deployment = deployment;
        this.onAssigned = onAssigned;
        this.exit = exit;
        this.follower = new TopicFollower<>(
                connection, serdes, Topics.ASSIGNMENTS, this::changed, died -> exit.accept(FAILURE));
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
            exit.accept(EXIT_CODE);
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
