package dev.tracerl.ops.cli;

import dev.tracerl.ops.weights.Rollback;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.schemas.avro.RunSpec;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gives readers an earlier version. */
@Command(
        name = "rollback",
        description = "Make a version of a run that is at rest the one that readers get: its result, and the newest.",
        footer = "The run is over with that; train on with tracerl fork.",
        mixinStandardHelpOptions = true)
final class WeightsRollbackCommand implements Callable<Integer> {

    @Mixin
    private VersionOptions version = new VersionOptions();

    @Mixin
    private Output output = new Output();

    /** Which version readers get, and which they got before. */
    record RolledBack(String runId, long version, long before) {}

    @Override
    public Integer call() {
        RunWeights weights = version.weights();
        RunSpec spec = RunOption.find(version.runId(), weights.connection(), weights.serdes());
        long before = new Rollback(weights).to(spec, version.version());
        RolledBack result = new RolledBack(version.runId(), version.version(), before);
        output.result(result, () -> lines(result));
        return 0;
    }

    private static List<String> lines(RolledBack result) {
        String instead = result.before() == result.version() ? "" : " instead of " + result.before();
        return List.of(
                "Readers of run %s get version %d%s.".formatted(result.runId(), result.version(), instead),
                "To train on: tracerl fork --run %s --at %d --as NAME".formatted(result.runId(), result.version()));
    }
}
