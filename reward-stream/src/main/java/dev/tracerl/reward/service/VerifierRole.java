package dev.tracerl.reward.service;

import dev.tracerl.reward.config.RewardConfig;
import dev.tracerl.reward.judging.Judgment;
import dev.tracerl.reward.worker.RunningWorkers;
import dev.tracerl.reward.worker.WorkerParts;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.Verifiers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role of a worker for slow or dangerous checks. */
record VerifierRole(RewardConfig config, AvroSerdes serdes, Map<String, Verifier> verifiers) {

    private static final Logger LOG = LoggerFactory.getLogger(VerifierRole.class);

    /** @throws IllegalStateException if this host can do none of the checks that are left to workers, saying why */
    static VerifierRole open(RewardConfig config, AvroSerdes serdes) {
        return new VerifierRole(config, serdes, usable(Verifiers.byKind()));
    }

    /** The verifiers, those that this host cannot run replaced by ones that say so, for those that ask others, too. */
    static Map<String, Verifier> usable(Map<String, Verifier> verifiers) {
        Map<String, Verifier> usable = new HashMap<>(verifiers);
        List<String> problems = new ArrayList<>();
        int able = 0;
        for (Verifier verifier : verifiers.values()) {
            Optional<String> problem = verifier.isInline() ? Optional.empty() : verifier.unavailable();
            problem.ifPresent(reason -> {
                problems.add(reason);
                usable.put(verifier.kind(), new UnavailableVerifier(verifier, reason));
            });
            able += !verifier.isInline() && !verifier.isComposite() && problem.isEmpty() ? 1 : 0;
        }
        if (able == 0) {
            throw new IllegalStateException("this host cannot be a verifier: " + String.join("; ", problems));
        }
        problems.forEach(problem ->
                LOG.atWarn().addKeyValue("reason", problem).log("this host cannot judge all kinds of tasks"));
        Map<String, Verifier> all = Map.copyOf(usable);
        all.values().stream().filter(Verifier::isComposite).forEach(verifier -> verifier.among(all));
        return all;
    }

    /** @throws IllegalStateException if there are tasks that this host cannot judge, saying why */
    void requireAble(String runId, Stream<Task> tasks) {
        Set<String> problems = new TreeSet<>();
        tasks.forEach(task -> Judgment.unavailable(verifiers, task).ifPresent(problems::add));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "this host cannot judge tasks of run %s, so that it does not join its workers: %s"
                            .formatted(runId, String.join("; ", problems)));
        }
    }

    /** @throws IllegalStateException if the run has tasks that this host cannot judge, saying why */
    Work start(RunSpec run, Runnable died) {
        requireAble(run.getRunId(), RunTasks.of(config.connection(), serdes, run));
        WorkerParts parts = new WorkerParts(
                config.connection(),
                serdes,
                verifiers,
                config.worker(),
                config.verifier().sessionTimeout(),
                config.verifier().attempts());
        RunningWorkers workers =
                RunningWorkers.start(run.getRunId(), parts, config.verifier().threads(), died);
        return new Work() {
            @Override
            public boolean isAlive() {
                return workers.isAlive();
            }

            @Override
            public String state() {
                return "checking";
            }

            @Override
            public void close() {
                workers.close();
            }
        };
    }
}
