package dev.tracerl.trainer.train;

import dev.tracerl.model.training.NonFiniteLossException;
import dev.tracerl.trainer.batch.Example;
import java.util.List;

/** A loss or gradient is infinite or not a number: training must stop. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> trajectories;

    DivergedException(NonFiniteLossException cause, List<Example> examples) {
        super(cause.getMessage(), cause);
        this.trajectories = examples.stream().map(Example::id).toList();
    }

    /** Of the examples of a micro-batch that the cause names, or of all of it if it names none. */
    static DivergedException in(List<Example> microBatch, NonFiniteLossException cause) {
        List<Example> guilty = cause.examples().stream().map(microBatch::get).toList();
        return new DivergedException(cause, guilty.isEmpty() ? microBatch : guilty);
    }

    /** Ids of the trajectories at fault, or of the whole batch if it cannot be told. */
    public List<String> trajectories() {
        return trajectories;
    }

    /** Ids of their groups: what comes before the sample's number. */
    public List<String> groups() {
        return trajectories.stream()
                .map(id -> id.contains("/") ? id.substring(0, id.lastIndexOf('/')) : id)
                .distinct()
                .toList();
    }
}
