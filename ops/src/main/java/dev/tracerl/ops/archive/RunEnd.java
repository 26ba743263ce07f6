package dev.tracerl.ops.archive;

import dev.tracerl.ops.run.Loader;
import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunStates;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Ends a run that was archived before its end. What it takes to go on is not in an archive: the numbers that admission has
 * given out and the groups that are open are state of reward-stream, and the places of the input that trainers and
 * samplers have reached are offsets of the first log. Training on would number groups and steps a second time.
 */
final class RunEnd {

    private final Connection connection;
    private final AvroSerdes serdes;
    private final String runId;

    RunEnd(Connection connection, AvroSerdes serdes, String runId) {
        this.connection = connection;
        this.serdes = serdes;
        this.runId = runId;
    }

    /**
     * Writes the end of the run, all of whose other records are there, and takes deployments off it that were left on a run
     * of that name.
     *
     * @return the version to be forked: the result of a run that was over, otherwise the newest one; none if its bytes are
     *     not there
     */
    OptionalLong write(String cutAt) {
        RunWeights weights = new RunWeights(connection, serdes, runId);
        Set<Long> stored = weights.stored(weights.history());
        OptionalLong newest = stored.stream().mapToLong(Long::longValue).max();
        Optional<RunStatus> last = Optional.ofNullable(
                TopicReader.latest(connection, serdes, Topics.RUN_STATUS).get(runId));
        Optional<RunStatus> over = last.filter(RunStates::isOver);
        if (over.isEmpty()) {
            new Loader(connection, serdes).send(Topics.RUN_STATUS, Map.of(runId, end(last, newest, cutAt)));
        }
        new RunCreator(connection, serdes).release(runId);
        return over.map(RunStatus::getFinalVersion)
                .filter(stored::contains)
                .map(OptionalLong::of)
                .orElse(newest);
    }

    private RunStatus end(Optional<RunStatus> last, OptionalLong newest, String cutAt) {
        String way = newest.isPresent()
                ? "train on with tracerl fork --run %s --at %d --as NAME".formatted(runId, newest.getAsLong())
                : "it has no weights to fork: begin it again from its run file";
        return RunStatus.newBuilder()
                .setRunId(runId)
                .setState(RunState.FAILED)
                .setReason("restored from an archive of " + cutAt + ", and a restored run does not go on; " + way)
                .setStep(last.map(RunStatus::getStep).orElse(0L))
                .setVersion(last.map(RunStatus::getVersion).orElse(-1L))
                .setFinalVersion(newest.isPresent() ? newest.getAsLong() : null)
                .setAccuracy(last.map(RunStatus::getAccuracy).orElse(null))
                .setAt(Instant.now())
                .build();
    }
}
