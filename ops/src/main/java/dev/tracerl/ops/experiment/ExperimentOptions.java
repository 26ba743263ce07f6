package dev.tracerl.ops.experiment;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.stack.Installation;
import dev.tracerl.ops.stack.StackSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param file the experiment
 * @param seeds other seeds than the file's
 * @param steps another number of steps than the file's
 * @param takeOver take the services off a run that goes on
 * @param keepRunning leave the stack up at the end
 * @param installation the packaged project
 * @param stack the local stack
 */
public record ExperimentOptions(
        Path file,
        List<Long> seeds,
        Optional<Long> steps,
        boolean takeOver,
        boolean keepRunning,
        Installation installation,
        StackSettings stack) {

    private static final String SUFFIX = ".yaml";

    public ExperimentOptions {
        seeds = List.copyOf(seeds);
        steps.filter(most -> most < 1).ifPresent(most -> {
            throw new BadInputException("--steps must be at least 1, not " + most);
        });
    }

    /** Name of the experiment: that of its file. */
    String name() {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /** Where the report goes. */
    Path folder() {
        return stack.dataDir().resolve("experiments").resolve(name());
    }

    /** The experiment as asked for. */
    ExperimentFile experiment() {
        ExperimentFile read = ExperimentFile.read(file);
        ExperimentFile seeded = seeds.isEmpty() ? read : read.withSeeds(seeds);
        return steps.map(seeded::withSteps).orElse(seeded);
    }
}
