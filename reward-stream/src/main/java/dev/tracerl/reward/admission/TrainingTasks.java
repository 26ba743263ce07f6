package dev.tracerl.reward.admission;

import static java.util.Objects.requireNonNull;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.avro.state.AdmissionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of training, in order. Each set is visited pass by pass in a shuffled order; the next draw goes to the set
 * that is furthest behind its weight. What was drawn is a function of the counts in the state, so that it is the same
 * after a restart. Unusable tasks are passed over, and so is a set of which a whole pass found none.
 *
 * <p>The curriculum may pass over tasks too. If it would pass over all of the next draws from a set, as many as hold a
 * whole pass but at most {@link #LOOK_AHEAD}, the first usable one is taken in spite of it, so that a band without tasks
 * never stops a run.
 */
final class TrainingTasks {

    /** Most draws that are looked at for one task: bounds the time of an event. */
    static final int LOOK_AHEAD = 1024;

    private final RunSpec run;
    private final UsableTasks tasks;
    private final Curriculum curriculum;
    private final Map<String, TaskOrder> orders = new HashMap<>();

    TrainingTasks(RunSpec run, UsableTasks tasks, Curriculum curriculum) {
        this.run = run;
        this.tasks = tasks;
        this.curriculum = curriculum;
        run.getTasks()
                .forEach(set -> orders.put(set.getSet(), new TaskOrder(run.getSeed(), set.getSet(), set.getCount())));
    }

    /** The next usable task; empty if no set has any. Draws are counted in the state. */
    Optional<Draw> next(AdmissionState state) {
        Map<String, Long> skipped = new HashMap<>();
        TaskSet due = due(state);
        while (due != null) {
            long from = drawn(state, due);
            Optional<Draw> draw = draw(state, due);
            if (draw.isPresent()) {
                return draw;
            }
            if (skipped.merge(due.getSet(), drawn(state, due) - from, Long::sum) >= due.getCount()) {
                state.getExhausted().add(due.getSet());
            }
            due = due(state);
        }
        return Optional.empty();
    }

    private @Nullable TaskSet due(AdmissionState state) {
        TaskSet due = null;
        double least = Double.POSITIVE_INFINITY;
        for (TaskSet set : run.getTasks()) {
            long counted = drawn(state, set) - state.getPassedOver().getOrDefault(set.getSet(), 0L);
            double behind = (counted + 1) / set.getWeight();
            if (behind < least && !state.getExhausted().contains(set.getSet())) {
                due = set;
                least = behind;
            }
        }
        return due;
    }

    private Optional<Draw> draw(AdmissionState state, TaskSet set) {
        long from = drawn(state, set);
        long end = from + (curriculum.isOn() ? lookAhead(set) : 1);
        List<Long> passedOver = new ArrayList<>();
        for (long draw = from; draw < end; draw++) {
            boolean outside = curriculum.isOutside(taskId(set, draw));
            if (outside && !curriculum.explores(set.getSet(), draw)) {
                passedOver.add(draw);
                continue;
            }
            Optional<Task> task = find(set, draw);
            if (task.isPresent()) {
                drawn(state, set, draw, passedOver.size());
                if (!outside) {
                    withoutBand(state, set, false);
                }
                return Optional.of(new Draw(task.get(), epoch(set, draw)));
            }
        }
        return inSpite(state, set, end, passedOver);
    }

    /** The first usable one of the tasks that were passed over. */
    private Optional<Draw> inSpite(AdmissionState state, TaskSet set, long end, List<Long> passedOver) {
        for (int i = 0; i < passedOver.size(); i++) {
            long draw = passedOver.get(i);
            Optional<Task> task = find(set, draw);
            if (task.isPresent()) {
                drawn(state, set, draw, i);
                withoutBand(state, set, true);
                return Optional.of(new Draw(task.get(), epoch(set, draw)));
            }
        }
        drawn(state, set, end - 1, passedOver.size());
        return Optional.empty();
    }

    /** Draws that hold a whole pass, wherever they begin, within the bound. */
    private static long lookAhead(TaskSet set) {
        return Math.min(2L * set.getCount() - 1, LOOK_AHEAD);
    }

    private static void withoutBand(AdmissionState state, TaskSet set, boolean isWithout) {
        Set<String> sets = new TreeSet<>(state.getWithoutBand());
        if (isWithout) {
            sets.add(set.getSet());
        } else {
            sets.remove(set.getSet());
        }
        state.setWithoutBand(new ArrayList<>(sets));
    }

    private void drawn(AdmissionState state, TaskSet set, long draw, int passedOver) {
        state.getDrawn().put(set.getSet(), draw + 1);
        if (passedOver > 0) {
            state.getPassedOver().merge(set.getSet(), (long) passedOver, Long::sum);
            curriculum.passedOver(set.getSet(), passedOver);
        }
    }

    private Optional<Task> find(TaskSet set, long draw) {
        return tasks.find(set.getSet(), index(set, draw), epoch(set, draw) == 0);
    }

    private String taskId(TaskSet set, long draw) {
        return Ids.task(set.getSet(), index(set, draw));
    }

    private int index(TaskSet set, long draw) {
        return requireNonNull(orders.get(set.getSet())).task(epoch(set, draw), (int) (draw % set.getCount()));
    }

    private static int epoch(TaskSet set, long draw) {
        return (int) (draw / set.getCount());
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
