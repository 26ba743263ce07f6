package dev.tracerl.ops.lineage;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a version came to be, from the newest run back to the weights that everything began with.
 *
 * @param weights the version, as in {@code sudoku@40}
 * @param sha256 SHA-256 of its bytes
 * @param sameBytes other versions with the same bytes, such as version 0 of a fork
 * @param links one per run, newest first
 * @param base what version 0 of the last link is
 * @param findings what the log should hold and does not; empty if the chain is complete
 */
public record Lineage(
        String weights, String sha256, List<String> sameBytes, List<Link> links, String base, List<String> findings) {

    /**
     * The part of the chain that one run added.
     *
     * @param runId the run
     * @param method how it trains
     * @param versions first and last version, as in {@code 0-40}
     * @param steps training steps of which a record is there
     * @param builds builds of the trainer that trained the steps, in order, where the steps say
     * @param sha256 SHA-256 of the last version
     * @param inputs what the steps read
     * @param groups groups that they trained
     * @param verifiers verdicts on those groups, by verifier and its version
     * @param configuration hash of the run's settings
     * @param seed seed of the run
     * @param deterministic whether a repetition gives the same weights
     * @param changes settings that the run changed when it was forked
     */
    public record Link(
            String runId,
            String method,
            String versions,
            int steps,
            List<String> builds,
            @Nullable String sha256,
            List<Input> inputs,
            int groups,
            Map<String, Long> verifiers,
            String configuration,
            long seed,
            boolean deterministic,
            List<String> changes) {}

    /**
     * Records of a partition that were used.
     *
     * @param topic topic and partition, as in {@code sudoku.training-groups-0}
     * @param from lowest offset
     * @param to one past the highest offset
     * @param records how many records between them were used
     */
    public record Input(String topic, long from, long to, long records) {}
}
