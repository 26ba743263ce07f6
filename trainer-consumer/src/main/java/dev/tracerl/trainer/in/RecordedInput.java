package dev.tracerl.trainer.in;

import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.stop.StepAbandonedException;
import java.util.List;

/** What recorded steps used, read from the log again. Asked in the order of the steps. Serves one thread. */
public interface RecordedInput extends AutoCloseable {

    /**
     * The input of a step: one list of examples per group, in training order.
     *
     * @throws RecordedInputException if the log does not have what the step used
     * @throws StepAbandonedException if the process ends
     */
    List<List<Example>> of(TrainStep step);

    @Override
    void close();
}
