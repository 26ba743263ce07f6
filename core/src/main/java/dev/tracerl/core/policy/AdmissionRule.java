package dev.tracerl.core.policy;

/**
 * How many groups may have been admitted once the trainer has published a version, so that no group can be older than
 * {@code maxLag} when it is trained in order of admission:
 *
 * <pre>
 *   trained + in flight &lt;= (maxLag + version + 1) * groupsPerStep
 * </pre>
 *
 * <p>With {@code maxLag} 0 the groups of a step are admitted only after the step before has been published: serial
 * training.
 *
 * @param maxLag largest lag, at least 0
 * @param groupsPerStep groups in one optimizer step, at least 1
 */
public record AdmissionRule(int maxLag, int groupsPerStep) {

    public AdmissionRule {
        if (maxLag < 0) {
            throw new IllegalArgumentException("maxLag is " + maxLag + ", must be at least 0");
        }
        if (groupsPerStep < 1) {
            throw new IllegalArgumentException("groupsPerStep is " + groupsPerStep + ", must be at least 1");
        }
    }

    /**
     * Limit on the number of groups accepted for training so far plus those still running.
     *
     * @param version newest published version; the first is 0
     * @throws ArithmeticException if the limit exceeds the range of long
     */
    public long capacity(long version) {
        if (version < 0) {
            throw new IllegalArgumentException("version is " + version + ", must be at least 0");
        }
        return Math.multiplyExact(Math.addExact(maxLag + 1L, version), groupsPerStep);
    }

    /** Groups that may be admitted now; never negative. */
    public long free(long version, long accepted, long running) {
        return Math.max(0, capacity(version) - accepted - running);
    }
}
