package dev.tracerl.reward.admission;

import static java.util.Objects.requireNonNull;

import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.avro.state.AdmissionState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks of training, in order. Each set is visited pass by pass in a shuffled order; the next draw goes to the set
 * that is furthest behind its weight. What was drawn is a function of the counts in the state, so that it is the same
 * after a restart. Unusable tasks are passed over, and so is a set of which a whole pass found none.
 */
final class TrainingTasks {

    private final RunSpec run;
    private final UsableTasks tasks;
    private final Map<String, TaskOrder> orders = new HashMap<>();

    TrainingTasks(RunSpec run, UsableTasks tasks) {
        this.run = run;
        this.tasks = tasks;
        run.getTasks()
                .forEach(set -> orders.put(set.getSet(), new TaskOrder(run.getSeed(), set.getSet(), set.getCount())));
    }

    /** The next usable task; empty if no set has any. Draws are counted in the state. */
    Optional<Draw> next(AdmissionState state) {
        Map<String, Integer> skipped = new HashMap<>();
        Optional<TaskSet> due = due(state);
        while (due.isPresent()) {
            TaskSet set = due.get();
            Optional<Draw> draw = draw(state, set);
            if (draw.isPresent()) {
                return draw;
            }
            if (skipped.merge(set.getSet(), 1, Integer::sum) >= set.getCount()) {
                state.getExhausted().add(set.getSet());
            }
            due = due(state);
        }
        return Optional.empty();
    }

    private Optional<TaskSet> due(AdmissionState state) {
        TaskSet due = null;
        double least = Double.POSITIVE_INFINITY;
        for (TaskSet set : run.getTasks()) {
            double behind = (drawn(state, set) + 1) / set.getWeight();
            if (behind < least && !state.getExhausted().contains(set.getSet())) {
                due = set;
                least = behind;
            }
        }
        return Optional.ofNullable(due);
    }

    private Optional<Draw> draw(AdmissionState state, TaskSet set) {
        long drawn = drawn(state, set);
        state.getDrawn().put(set.getSet(), drawn + 1);
        int epoch = (int) (drawn / set.getCount());
        int index = requireNonNull(orders.get(set.getSet())).task(epoch, (int) (drawn % set.getCount()));
        return tasks.find(set.getSet(), index, epoch == 0).map(task -> new Draw(task, epoch));
    }

    private static long drawn(AdmissionState state, TaskSet set) {
        return state.getDrawn().getOrDefault(set.getSet(), 0L);
    }

    /**
     * A task and the pass over its set.
     *
     * @param epoch from 0
     */
    record Draw(Task task, int epoch) {}
}
