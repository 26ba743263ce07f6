package dev.tracerl.rollout;

import dev.tracerl.rollout.completion.CompletionDoor;
import dev.tracerl.rollout.completion.Completions;
import dev.tracerl.rollout.run.RunSetup;
import dev.tracerl.rollout.sample.WorkQueue;
import dev.tracerl.rollout.weights.ManifestHistory;
import dev.tracerl.rollout.weights.PolicyWeights;
import dev.tracerl.rollout.weights.RefusedWeights;
import dev.tracerl.rollout.weights.WeightListener;
import dev.tracerl.rollout.weights.WeightLoader;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.StoredWeights;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker has for clients: their door, and a loader for the versions that they pin, so that neither a slow nor a
 * missing one holds up the rollouts' weights.
 */
final class ClientSide implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientSide.class);
    private static final int KEPT_VERSIONS = 1;

    private final Completions completions;
    private final WeightLoader loader;

    /**
     * Where a worker's clients meet its rollouts.
     *
     * @param newest weights of the rollouts
     */
    record Shared(WorkQueue queue, WeightLoader newest, Failures failures) {}

    ClientSide(Connection connection, AvroSerdes serdes, RunSetup setup, WorkerSettings.Api api, Shared shared) {
        RunTopics topics = RunTopics.of(setup.run().getRunId());
        this.loader = new WeightLoader(
                new StoredWeights(connection, serdes),
                setup.model(),
                new ManifestHistory(connection, serdes, topics),
                new Reports(shared.failures()),
                KEPT_VERSIONS);
        this.completions = new Completions(
                new CompletionDoor(setup, api.activeSequences(), api.openPrompts()),
                new Completions.Sources(shared.queue(), shared.newest(), loader, shared.newest()::highest),
                Clock.systemUTC());
    }

    Completions completions() {
        return completions;
    }

    /** Passes on what the loader has to say of pinned versions; it loads no others. */
    private final class Reports implements WeightListener {

        private final Failures failures;

        Reports(Failures failures) {
            this.failures = failures;
        }

        @Override
        public void loaded(PolicyWeights weights, Duration took) {
            throw new IllegalStateException("version " + weights.version() + " was announced to the clients' loader");
        }

        @Override
        public void refused(RefusedWeights weights) {
            throw new IllegalStateException("a version was announced to the clients' loader: " + weights.reason());
        }

        @Override
        public void pinnedChanged() {
            completions.pinnedChanged();
        }

        /** What a client asks for must not end the worker. */
        @Override
        public boolean pinnedFailed(long version, Throwable cause) {
            LOG.atError()
                    .addKeyValue("policyVersion", version)
                    .setCause(cause)
                    .log("a client's version was not loaded");
            return true;
        }

        @Override
        public void failed(Throwable cause) {
            failures.report(cause);
        }
    }

    /** Whether nothing works for clients any more. */
    boolean stopped() {
        return completions.stopped();
    }

    @Override
    public void close() {
        completions.close();
        loader.close();
    }
}
