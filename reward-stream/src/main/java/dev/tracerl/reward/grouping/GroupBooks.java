package dev.tracerl.reward.grouping;

import dev.tracerl.reward.port.Book;
import dev.tracerl.schemas.avro.state.JudgedSample;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.PendingCheck;
import dev.tracerl.schemas.avro.state.SeenSamples;

/**
 * The durable state of grouping.
 *
 * @param open groups that have not ended, by groupId
 * @param samples settled samples of open groups, by trajectoryId
 * @param checks trajectories that wait for a worker, by trajectoryId
 * @param requested highest sequence number whose request has been read, by purpose; requests are read in order of their
 *     numbers, so that a group up to this number is closed if it is not open
 * @param closed samples that were seen of the newest groups that were closed, by groupId
 */
public record GroupBooks(
        Book<OpenGroup> open,
        Book<JudgedSample> samples,
        Book<PendingCheck> checks,
        Book<Long> requested,
        Book<SeenSamples> closed) {}
