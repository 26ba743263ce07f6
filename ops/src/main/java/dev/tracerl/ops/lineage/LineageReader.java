package dev.tracerl.ops.lineage;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.Fork;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.ConfigurationHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Follows weights back to their base, through the runs that they were trained in. */
public final class LineageReader {

    private final LineageLog log;

    /** A reader of the log as it is now. */
    public LineageReader(Connection connection, AvroSerdes serdes) {
        this(new LineageLog(connection, serdes));
    }

    LineageReader(LineageLog log) {
        this.log = log;
    }

    /**
     * The lineage of weights.
     *
     * @param weights {@code RUN@VERSION}, or the beginning of a SHA-256
     * @throws dev.tracerl.ops.input.BadInputException if there are no such weights
     */
    public Lineage of(String weights) {
        List<WeightManifest> found = new WeightsFinder(log).find(weights);
        WeightManifest manifest = found.get(0);
        Chain chain = new Chain();
        String base = follow(manifest.getModelId(), manifest.getVersion(), chain);
        return new Lineage(
                WeightsFinder.name(manifest),
                manifest.getSha256(),
                found.stream().skip(1).map(WeightsFinder::name).toList(),
                chain.links,
                base,
                chain.findings);
    }

    /** What was found on the way. */
    private static final class Chain {

        private final List<Lineage.Link> links = new ArrayList<>();
        private final List<String> findings = new ArrayList<>();
        private final Set<String> runs = new HashSet<>();
    }

    /** Adds the link of a run and those before it; returns the base. */
    private String follow(String runId, long version, Chain chain) {
        RunSpec run = log.runs().get(runId);
        if (run == null) {
            chain.findings.add("run " + runId + " is not on this log, so nothing is known before it");
            return "version " + version + " of run " + runId + ", which is not on this log";
        }
        if (!chain.runs.add(runId)) {
            chain.findings.add("run " + runId + " comes from itself");
            return "run " + runId;
        }
        chain.links.add(link(run, version, chain.findings));
        InitialWeights initial = run.getModel().getInitial();
        return switch (initial.getSource()) {
            case RANDOM -> "random weights, seed " + initial.getSeed();
            case CHECKPOINT -> "checkpoint " + initial.getPath();
            case RUN -> follow(String.valueOf(initial.getRunId()), origin(run, initial, chain.findings), chain);
        };
    }

    private Lineage.Link link(RunSpec run, long version, List<String> findings) {
        String runId = run.getRunId();
        NavigableMap<Long, TrainStep> steps = log.steps(runId).headMap(version, true);
        missing(run, version, steps, findings);
        Set<String> groups = steps.values().stream()
                .flatMap(step -> step.getGroups().stream())
                .collect(Collectors.toSet());
        WeightManifest last = log.versions(runId).get(version);
        if (last == null) {
            findings.add("version " + version + " of run " + runId + " was not published");
        }
        Fork fork = run.getFork();
        return new Lineage.Link(
                runId,
                run.getMethod().name(),
                version == 0 ? "0" : "0-" + version,
                steps.size(),
                builds(steps.values()),
                last == null ? null : last.getSha256(),
                Inputs.of(steps.values()),
                groups.size(),
                log.verifiers(runId, groups),
                ConfigurationHash.of(run),
                run.getSeed(),
                run.getDeterministic(),
                fork == null ? List.of() : fork.getChanges());
    }

    private static List<String> builds(Collection<TrainStep> steps) {
        return steps.stream()
                .map(TrainStep::getBuild)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static void missing(RunSpec run, long version, NavigableMap<Long, TrainStep> steps, List<String> findings) {
        List<Long> missing = LongStream.rangeClosed(1, version)
                .filter(step -> !steps.containsKey(step))
                .boxed()
                .toList();
        if (!missing.isEmpty()) {
            findings.add("run %s: %d of the steps 1 to %d are not on the log, the first is %d"
                    .formatted(run.getRunId(), missing.size(), version, missing.get(0)));
        }
    }

    /** The version of the earlier run that version 0 of a run is: the one that was named, or has its bytes. */
    private long origin(RunSpec run, InitialWeights initial, List<String> findings) {
        if (initial.getVersion() != null) {
            return initial.getVersion();
        }
        String before = String.valueOf(initial.getRunId());
        WeightManifest first = log.versions(run.getRunId()).get(0L);
        Optional<Long> same = log.runs().containsKey(before)
                ? log.versions(before).values().stream()
                        .filter(manifest -> isSame(manifest, first))
                        .map(WeightManifest::getVersion)
                        .reduce((earlier, later) -> later)
                : Optional.empty();
        return same.or(() -> log.finalVersion(before)).orElseGet(() -> {
            findings.add("run " + run.getRunId() + " starts from the result of run " + before + ", which has none");
            return 0L;
        });
    }

    private static boolean isSame(WeightManifest manifest, @Nullable WeightManifest other) {
        return other != null && manifest.getSha256().equals(other.getSha256());
    }
}
