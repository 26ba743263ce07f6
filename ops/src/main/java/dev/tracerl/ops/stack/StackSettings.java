package dev.tracerl.ops.stack;

import dev.tracerl.ops.input.BadInputException;
import java.nio.file.Path;

/**
 * What a local stack consists of.
 *
 * @param dataDir folder that holds everything the stack writes, absolute
 * @param rollouts number of rollout-producer processes, at least 1
 * @param verifiers number of workers for slow or dangerous checks; a run whose tasks are code or math needs one
 * @param brokerPort port of the broker; 0 takes a free one
 * @param registryPort port of the registry; 0 takes a free one
 * @param deployment name under which the services look for their run
 */
public record StackSettings(
        Path dataDir, int rollouts, int verifiers, int brokerPort, int registryPort, String deployment) {

    /** The deployment of a stack on one machine. */
    public static final String LOCAL = "local";

    public StackSettings {
        if (rollouts < 1 || rollouts > 8) {
            throw new BadInputException("--rollouts must be from 1 to 8, not " + rollouts);
        }
        if (verifiers < 0 || verifiers > 8) {
            throw new BadInputException("--verifiers must be from 0 to 8, not " + verifiers);
        }
        dataDir = dataDir.toAbsolutePath().normalize();
    }

    /** A stack on free ports. */
    public StackSettings(Path dataDir, int rollouts) {
        this(dataDir, rollouts, 0, 0, 0, LOCAL);
    }
}
