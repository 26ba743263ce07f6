package dev.tracerl.reward.query;

import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.state.EndedGroup;
import dev.tracerl.schemas.avro.state.JudgedSample;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.PendingCheck;
import dev.tracerl.schemas.avro.state.RunningGroup;
import java.util.List;
import java.util.Optional;

/**
 * The durable state, as far as it is on this instance, and which instance has the rest. What is read may be ahead of what
 * is committed. Every method throws a {@link StoresUnavailableException} while the state cannot be read.
 */
public interface GroupStores {

    /** This instance. */
    Host self();

    /** The instance that runs admission: it knows which groups are running and how the newest ones ended. */
    Host admission();

    /** The instance that holds a partition of the open groups. */
    Host grouping(int partition);

    /** Other instances that hold open groups. */
    List<Host> others();

    /** A group without an outcome; on the instance of admission. */
    Optional<RunningGroup> running(String groupId);

    /** One of the newest groups that ended; on the instance of admission. */
    Optional<EndedGroup> ended(String groupId);

    /** An open group; on the instance of its partition, as what follows. */
    Optional<OpenGroup> open(int partition, String groupId);

    /** A settled sample of an open group. */
    Optional<JudgedSample> judged(int partition, String trajectoryId);

    /** A trajectory of an open group that waits for a worker. */
    Optional<PendingCheck> checking(int partition, String trajectoryId);

    /** Highest number of a group whose request has been read; -1 for none. */
    long lastRequested(int partition, Purpose purpose);

    /** Open groups on this instance, whose request has been read, at most so many. */
    List<OpenGroup> open(int limit);
}
