package dev.tracerl.rollout;

import dev.tracerl.model.network.Network;
import dev.tracerl.rollout.completion.Completions;
import dev.tracerl.rollout.in.ConsumerProperties;
import dev.tracerl.rollout.in.RequestDoor;
import dev.tracerl.rollout.in.RequestIntake;
import dev.tracerl.rollout.in.RequestReader;
import dev.tracerl.rollout.metrics.RolloutMetrics;
import dev.tracerl.rollout.out.DeadLetterOffice;
import dev.tracerl.rollout.out.ProducerProperties;
import dev.tracerl.rollout.out.RecordPublisher;
import dev.tracerl.rollout.out.TrajectoryOutlet;
import dev.tracerl.rollout.out.TrajectoryRecords;
import dev.tracerl.rollout.run.RunSetup;
import dev.tracerl.rollout.sample.EngineParts;
import dev.tracerl.rollout.sample.EngineSettings;
import dev.tracerl.rollout.sample.ModelBatches;
import dev.tracerl.rollout.sample.SamplingEngine;
import dev.tracerl.rollout.sample.WorkQueue;
import dev.tracerl.rollout.weights.ManifestHistory;
import dev.tracerl.rollout.weights.WeightLoader;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicFollower;
import dev.tracerl.schemas.weights.StoredWeights;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples one run: the intake's thread reads requests, the engine's thread samples them, the outlet's thread writes
 * what was sampled, and the loader's thread brings the weights.
 *
 * <pre>
 *   requests -> intake -> queue -> engine -> outlet -> trajectories
 *   weights  -> follower -> loader --^  ^-- completions, to clients instead of the log
 * </pre>
 */
public final class RolloutWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RolloutWorker.class);
    private static final Duration ENGINE_STOP = Duration.ofSeconds(3);
    private static final Duration INTAKE_STOP = Duration.ofSeconds(2);

    private final RunSetup setup;
    private final RecordPublisher publisher;
    private final TrajectoryOutlet outlet;
    private final WorkQueue queue;
    private final WeightLoader loader;
    private final ClientSide clients;
    private final TopicFollower<WeightManifest> follower;
    private final SamplingEngine engine;
    private final RequestIntake intake;
    private final Thread engineThread;
    private final Thread intakeThread;

    /**
     * Starts to work.
     *
     * @param setup closed with this worker
     * @param failures told what ends the worker; the process must be restarted then
     */
    public RolloutWorker(
            Connection connection,
            AvroSerdes serdes,
            WorkerSettings settings,
            RunSetup setup,
            RolloutMetrics metrics,
            Failures failures) {
        String runId = setup.run().getRunId();
        RunTopics topics = RunTopics.of(runId);
        this.setup = setup;
        this.publisher = new RecordPublisher(producer(connection, settings), serdes, topics, failures::report);
        this.outlet = new TrajectoryOutlet(
                new TrajectoryRecords(settings.name(), setup.partition(), setup::text),
                publisher,
                Clock.systemUTC(),
                failures::report);
        this.queue = new WorkQueue(settings.queuedGroups());
        DeadLetterOffice deadLetters = new DeadLetterOffice(publisher, topics, metrics, Clock.systemUTC());
        this.loader = new WeightLoader(
                new StoredWeights(connection, serdes),
                setup.model(),
                new ManifestHistory(connection, serdes, topics),
                new WeightReports(deadLetters, metrics, queue, failures),
                settings.pinnedVersions());
        this.clients = new ClientSide(
                connection, serdes, setup, settings.api(), new ClientSide.Shared(queue, loader, failures));
        this.engine = new SamplingEngine(
                engineSettings(settings, setup),
                new EngineParts(queue, loader, () -> batches(settings, setup), outlet, metrics, Clock.systemUTC()));
        RequestDoor door = new RequestDoor(runId, setup.model(), setup::prompt);
        this.intake = new RequestIntake(
                consumer(connection, topics, settings),
                topics.rolloutRequests().name(),
                new RequestReader(serdes.deserializer(RolloutRequest.class), door),
                queue,
                deadLetters);
        metrics.watch(this, worker -> worker.engine.active(), worker -> worker.queue.size());
        metrics.watchCompletions(this, worker -> worker.engine.activeCompletions(), RolloutWorker::openPrompts);
        this.follower = follow(connection, serdes, topics, failures);
        this.engineThread = start("sample", engine, failures);
        this.intakeThread = start("read-requests", intake, failures);
    }

    private TopicFollower<WeightManifest> follow(
            Connection connection, AvroSerdes serdes, RunTopics topics, Failures failures) {
        return new TopicFollower<>(
                connection,
                serdes,
                topics.weights(),
                (key, manifest) -> manifest.ifPresent(loader::announce),
                failures::report);
    }

    /** Where clients ask for completions of the run. */
    public Completions completions() {
        return clients.completions();
    }

    private int openPrompts() {
        return clients.completions().openPrompts();
    }

    private static EngineSettings engineSettings(WorkerSettings settings, RunSetup setup) {
        WorkerSettings.Api api = settings.api();
        return EngineSettings.of(
                setup.run(),
                settings.activeSequences(),
                settings.pinnedVersions(),
                new EngineSettings.Completions(api.activeSequences(), api.share()));
    }

    private static ModelBatches batches(WorkerSettings settings, RunSetup setup) {
        return new ModelBatches(Network.open(settings.device(), settings.threads()), setup.model(), setup.precision());
    }

    private static KafkaProducer<byte[], byte[]> producer(Connection connection, WorkerSettings settings) {
        return new KafkaProducer<>(
                ProducerProperties.of(connection, settings.name()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(
            Connection connection, RunTopics topics, WorkerSettings settings) {
        return new KafkaConsumer<>(
                ConsumerProperties.of(connection, topics, settings.name()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static Thread start(String name, Runnable work, Failures failures) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, cause) -> failures.report(cause));
        thread.start();
        return thread;
    }

    /**
     * Stops in the order of the flow, so that what is sampled is published and what is published is committed. The
     * engine ends after its current block round; what it had not finished is sampled again by a successor.
     */
    @Override
    public void close() {
        follower.close();
        engine.stop();
        boolean stopped = join(engineThread, ENGINE_STOP);
        clients.close();
        outlet.close();
        publisher.close();
        intake.stop();
        stopped &= join(intakeThread, INTAKE_STOP);
        loader.close();
        if (stopped && clients.stopped()) {
            setup.close();
        } else {
            LOG.atWarn().log("the tokenizer is not freed, because a thread still works after the worker was closed");
        }
    }

    private static boolean join(Thread thread, Duration limit) {
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
