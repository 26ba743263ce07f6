package dev.tracerl.reward.service;

import dev.tracerl.reward.config.RewardConfig;
import dev.tracerl.reward.worker.RunningWorkers;
import dev.tracerl.reward.worker.WorkerParts;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.Verifiers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role of a worker for slow or dangerous checks. */
record VerifierRole(RewardConfig config, AvroSerdes serdes, Map<String, Verifier> verifiers) {

    private static final Logger LOG = LoggerFactory.getLogger(VerifierRole.class);

    /** @throws IllegalStateException if this host can do none of the checks that are left to workers, saying why */
    static VerifierRole open(RewardConfig config, AvroSerdes serdes) {
        return new VerifierRole(config, serdes, usable(Verifiers.byKind()));
    }

    /** The verifiers, those that this host cannot run replaced by ones that say so. */
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
            able += !verifier.isInline() && problem.isEmpty() ? 1 : 0;
        }
        if (able == 0) {
            throw new IllegalStateException("this host cannot be a verifier: " + String.join("; ", problems));
        }
        problems.forEach(problem ->
                LOG.atWarn().addKeyValue("reason", problem).log("this host cannot judge all kinds of tasks"));
        return Map.copyOf(usable);
    }

    Work start(RunSpec run, Runnable died) {
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
