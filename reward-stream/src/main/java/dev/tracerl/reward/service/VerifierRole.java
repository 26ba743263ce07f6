package dev.tracerl.reward.service;

import dev.tracerl.reward.config.RewardConfig;
import dev.tracerl.reward.worker.RunningWorkers;
import dev.tracerl.reward.worker.WorkerParts;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.Verifiers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The role of a worker for slow or dangerous checks. */
record VerifierRole(RewardConfig config, AvroSerdes serdes, Map<String, Verifier> verifiers) {

    /** @throws IllegalStateException if this host cannot do the checks that are left to workers, saying why */
    static VerifierRole open(RewardConfig config, AvroSerdes serdes) {
        Map<String, Verifier> verifiers = Verifiers.byKind();
        List<String> problems = verifiers.values().stream()
                .filter(verifier -> !verifier.isInline())
                .map(Verifier::unavailable)
                .flatMap(Optional::stream)
                .toList();
        if (!problems.isEmpty()) {
            throw new IllegalStateException("this host cannot be a verifier: " + String.join("; ", problems));
        }
        return new VerifierRole(config, serdes, verifiers);
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
