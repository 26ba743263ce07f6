package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.schemas.avro.Fork;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightSource;
import java.util.List;
import java.util.Map;

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
     * @throws RunFileException listing every change that cannot be made
     */
    public static PlannedRun of(RunSpec origin, WeightManifest version, String runId, List<Change> changes) {
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
        begin(tree, origin, version, changes);
        return RunFile.check(name, tree);
    }

    private static void begin(ObjectNode tree, RunSpec origin, WeightManifest version, List<Change> changes) {
        InitialWeights initial = InitialWeights.newBuilder()
                .setSource(WeightSource.RUN)
                .setRunId(origin.getRunId())
                .setVersion(version.getVersion())
                .build();
        Fork fork = Fork.newBuilder()
                .setRunId(origin.getRunId())
                .setVersion(version.getVersion())
                .setSha256(version.getSha256())
                .setChanges(changes.stream().map(Change::toString).toList())
                .build();
        tree.withObject("/model").set("initial", SpecTree.of(initial));
        tree.put("parent", origin.getRunId() + "@" + version.getVersion());
        tree.set("fork", SpecTree.of(fork));
    }
}
