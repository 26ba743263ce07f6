package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.ParameterGroup;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.schemas.avro.Fork;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.OptimizerStart;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightSource;
import dev.tracerl.schemas.weights.KeptOptimizer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Plans a run that starts from a version of another one with changed settings. The other run is only read. */
public final class ForkPlan {

    /** Keys that a fork sets, with what to do instead. */
    private static final Map<String, String> OWN = Map.of(
            "runId", "the fork's name is given by --as",
            "model.initial", "the fork starts from the version that --at names",
            "createdAt", "it is the time of the fork",
            "parent", "it is the run that is forked",
            "fork", "it records the fork itself");

    private ForkPlan() {}

    /**
     * The run.
     *
     * @param origin run that is forked
     * @param version announces the version that it starts from
     * @param runId its name
     * @param changes settings that differ, applied in order
     * @param optimizer whether it goes on with the optimizer's state
     * @throws RunFileException listing every change that cannot be made
     */
    public static PlannedRun of(
            RunSpec origin, WeightManifest version, String runId, List<Change> changes, OptimizerStart optimizer) {
        String name = "the fork " + runId + " of " + origin.getRunId() + "@" + version.getVersion();
        ObjectNode tree = SpecTree.of(origin);
        tree.put("runId", runId);
        tree.put("createdAt", System.currentTimeMillis());
        tree.put("description", "Fork of " + origin.getRunId() + "@" + version.getVersion());
        Problems problems = new Problems();
        for (Change change : changes) {
            OWN.forEach((key, hint) -> {
                if (change.path().equals(key) || change.path().startsWith(key + ".")) {
                    problems.add(key, "cannot be changed: " + hint);
                }
            });
            change.apply(tree, problems);
        }
        problems.throwIfAny(name);
        InitialWeights initial = InitialWeights.newBuilder()
                .setSource(WeightSource.RUN)
                .setRunId(origin.getRunId())
                .setVersion(version.getVersion())
                .setOptimizerState(optimizer)
                .build();
        tree.withObject("/model").set("initial", SpecTree.of(initial));
        record(tree, origin, version, told(changes, optimizer));
        PlannedRun planned = RunFile.check(name, tree);
        requireFits(origin, planned.spec(), problems);
        problems.throwIfAny(name);
        return planned;
    }

    private static void requireFits(RunSpec origin, RunSpec fork, Problems problems) {
        if (!parameters(origin).equals(parameters(fork))) {
            problems.add("model.config", "makes a model of other parameters, which the version does not have");
        }
        if (fork.getModel().getInitial().getOptimizerState() == OptimizerStart.KEEP) {
            KeptOptimizer.objections(origin, fork).forEach(objection -> problems.add("--keep-optimizer", objection));
        }
    }

    private static List<ParameterGroup> parameters(RunSpec run) {
        return Parameters.groups(ModelConfig.fromJson(run.getModel().getConfig()));
    }

    private static List<String> told(List<Change> changes, OptimizerStart optimizer) {
        Stream<String> kept = optimizer == OptimizerStart.KEEP
                ? Stream.of("model.initial.optimizerState=" + optimizer)
                : Stream.empty();
        return Stream.concat(kept, changes.stream().map(Change::toString)).toList();
    }

    private static void record(ObjectNode tree, RunSpec origin, WeightManifest version, List<String> changes) {
        Fork fork = Fork.newBuilder()
                .setRunId(origin.getRunId())
                .setVersion(version.getVersion())
                .setSha256(version.getSha256())
                .setChanges(changes)
                .build();
        tree.put("parent", origin.getRunId() + "@" + version.getVersion());
        tree.set("fork", SpecTree.of(fork));
    }
}
