package dev.tracerl.core.advantage;

/** Checks shared by everything that takes rewards. */
final class Rewards {

    private Rewards() {}

    static void requireFinite(double[] rewards) {
        for (int i = 0; i < rewards.length; i++) {
            if (!Double.isFinite(rewards[i])) {
                throw new IllegalArgumentException("reward " + i + " is " + rewards[i] + ", must be finite");
            }
        }
    }
}
