package dev.tracerl.trainer.replay;

import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.trainer.in.RecordedInputException;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.state.CorruptCheckpointException;
import dev.tracerl.trainer.stop.StepAbandonedException;
import dev.tracerl.trainer.stop.StopSignal;
import dev.tracerl.trainer.train.ModelLearner.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replay on a thread of its own, as the only work of the process. */
public final class ReplayJob implements AutoCloseable {

    /** Exit code if every version came out as it was published. */
    public static final int SAME = 0;

    /** Exit code if a step came out differently. */
    public static final int DIFFERS = 1;

    /** Exit code if the steps could not be trained again. */
    public static final int FAILED = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ReplayJob.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    private final ReplayRequest request;
    private final ReplayReport report;
    private final Replay replay;
    private final StopSignal stop = new StopSignal();
    private final Thread thread;

    /**
     * Starts it.
     *
     * @param device where to train steps that do not say where they were trained
     * @param file told how it goes, see {@link ReplayReport}
     * @param onEnd called with the exit code
     */
    public ReplayJob(ReplayRequest request, Connection connection, Device device, Path file, IntConsumer onEnd) {
        this.request = request;
        this.report = new ReplayReport(file);
        this.replay = new Replay(connection, connection.serdes(), device, stop, report);
        this.thread = new Thread(() -> onEnd.accept(work()), "replay");
        thread.setDaemon(true);
        thread.start();
    }

    private int work() {
        try {
            Optional<Difference> difference = replay.run(request);
            if (difference.isPresent()) {
                return DIFFERS;
            }
            report.ended();
            return SAME;
        } catch (StepAbandonedException e) {
            LOG.atInfo().log("the replay was ended");
            return FAILED;
        } catch (ReplayException
                | RecordedInputException
                | RefusedRunException
                | CorruptWeightsException
                | MissingWeightsException
                | CorruptCheckpointException
                | CheckpointException e) {
            report.failed(String.valueOf(e.getMessage()));
            return FAILED;
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("the replay failed");
            report.broken(String.valueOf(e));
            return FAILED;
        }
    }

    /** Ends it after the micro-batch under way. Waits, but not for ever. */
    @Override
    public void close() {
        stop.exit();
        try {
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
