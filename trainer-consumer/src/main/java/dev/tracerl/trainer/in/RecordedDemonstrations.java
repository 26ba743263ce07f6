package dev.tracerl.trainer.in;

import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.state.TrainerState;
import dev.tracerl.trainer.stop.StepAbandonedException;
import java.util.List;

/**
 * The demonstrations of recorded steps: those that come next after a state. They must be the ones that the steps name, which
 * they are not if demonstrations were added after the run had passed the end of the topic.
 */
public final class RecordedDemonstrations implements RecordedInput {

    private final DemonstrationSource source;
    private TrainerState state;

    /**
     * Demonstrations after a state.
     *
     * @param source continues from the state
     */
    public RecordedDemonstrations(DemonstrationSource source, TrainerState state) {
        this.source = source;
        this.state = state;
    }

    @Override
    public List<List<Example>> of(TrainStep step) {
        Batch batch = source.next(state).orElseThrow(StepAbandonedException::new);
        if (!batch.inputs().equals(step.getInputs())) {
            throw new RecordedInputException("step " + step.getStep() + " used the demonstrations " + step.getInputs()
                    + ", but next in order are " + batch.inputs()
                    + ": the topic has changed since, so that the step cannot be repeated");
        }
        state = state.after(0, batch.after());
        return batch.examples();
    }

    @Override
    public void close() {
        source.close();
    }
}
