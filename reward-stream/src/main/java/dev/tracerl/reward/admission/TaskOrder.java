package dev.tracerl.reward.admission;

import dev.tracerl.core.decode.CounterRandom;

/**
 * The order in which a pass visits the tasks of a set: a permutation that is a pure function of the run's seed, the set
 * and the epoch (Fisher-Yates over counter-based uniforms). Remembers the last epoch asked for; not thread-safe.
 */
final class TaskOrder {

    private static final String STREAM = "task-order:";

    private final long seed;
    private final String set;
    private final int count;
    private int epoch = -1;
    private int[] order = {};

    /** @param count number of tasks in the set */
    TaskOrder(long seed, String set, int count) {
        this.seed = seed;
        this.set = set;
        this.count = count;
    }

    /** Index within the set of the task at a position of an epoch. */
    int task(int epoch, int position) {
        if (epoch != this.epoch) {
            this.order = permutation(epoch);
            this.epoch = epoch;
        }
        return order[position];
    }

    private int[] permutation(int epoch) {
        CounterRandom random = new CounterRandom(seed, STREAM + set, epoch);
        int[] permutation = new int[count];
        for (int i = 0; i < count; i++) {
            int j = (int) (random.uniform(0, 0, i) * (i + 1));
            permutation[i] = permutation[j];
            permutation[j] = i;
        }
        return permutation;
    }
}
