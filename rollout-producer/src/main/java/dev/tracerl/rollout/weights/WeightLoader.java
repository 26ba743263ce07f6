package dev.tracerl.rollout.weights;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.WeightReader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Loads versions on a thread of its own: the newest announced one, skipping those that were overtaken meanwhile, and
 * pinned ones on demand. A version is handed over complete or not at all. Thread-safe.
 *
 * <p>A manifest may be visible a moment before the bytes of the same transaction, so missing bytes are waited for.
 */
public final class WeightLoader implements PolicySource, AutoCloseable {

    private static final int ATTEMPTS = 20;
    private static final int MANIFEST_ATTEMPTS = 4;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration STOP = Duration.ofSeconds(1);

    private final WeightParser parser;
    private final LongFunction<Optional<WeightManifest>> history;
    private final WeightListener listener;
    private final VersionCache pinned;
    private final ExecutorService thread;
    private final AtomicReference<@Nullable Announcement> announced = new AtomicReference<>();
    private final AtomicLong highest = new AtomicLong(-1);
    private volatile @Nullable PolicyWeights newest;
    private volatile boolean closed;

    private record Announcement(WeightManifest manifest, long nanos) {}

    /**
     * A loader without any version yet.
     *
     * @param reader used by the loader's thread only, closed with the loader
     * @param history manifest of a version; called on the loader's thread
     * @param keep pinned versions that are kept
     */
    public WeightLoader(
            WeightReader reader,
            ModelConfig config,
            LongFunction<Optional<WeightManifest>> history,
            WeightListener listener,
            int keep) {
        this.parser = new WeightParser(reader, config, history);
        this.history = history;
        this.listener = listener;
        this.pinned = new VersionCache(keep);
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread worker = new Thread(task, "load-weights");
            worker.setDaemon(true);
            worker.setUncaughtExceptionHandler((failed, cause) -> listener.failed(cause));
            return worker;
        });
    }

    /** Takes note of a new version. */
    public void announce(WeightManifest manifest) {
        Long rolledBackFrom = manifest.getRolledBackFrom();
        long published = rolledBackFrom == null ? manifest.getVersion() : rolledBackFrom;
        highest.accumulateAndGet(published, Math::max);
        announced.set(new Announcement(manifest, System.nanoTime()));
        thread.execute(this::loadAnnounced);
    }

    /** The highest version that is known to be published; above the newest after a roll-back. */
    public long highest() {
        return highest.get();
    }

    @Override
    public Optional<PolicyWeights> newest() {
        return Optional.ofNullable(newest);
    }

    @Override
    public PinnedWeights pinned(long version) {
        PinnedWeights known = pinned.get(version);
        if (known != null) {
            return known;
        }
        PolicyWeights current = newest;
        PinnedWeights state = current != null && current.version() == version
                ? new PinnedWeights.Ready(current)
                : new PinnedWeights.Loading();
        pinned.put(version, state);
        if (state instanceof PinnedWeights.Loading) {
            thread.execute(() -> finishPinned(version));
        }
        return state;
    }

    private void finishPinned(long version) {
        pinned.put(version, loadPinned(version));
        listener.pinnedChanged();
    }

    private void loadAnnounced() {
        Announcement next = announced.getAndSet(null);
        if (next == null || isOld(next.manifest())) {
            return;
        }
        try {
            PolicyWeights weights = readPatiently(next.manifest(), () -> closed || announced.get() != null);
            newest = weights;
            listener.loaded(weights, Duration.ofNanos(System.nanoTime() - next.nanos()));
        } catch (UnusableWeightsException e) {
            refuse(next.manifest(), e);
        } catch (MissingWeightsException e) {
            if (announced.get() == null && !closed) {
                refuse(next.manifest(), e);
            }
        }
    }

    /** Nothing is newer than what a user rolled back to. */
    private boolean isOld(WeightManifest manifest) {
        PolicyWeights current = newest;
        return current != null
                && (manifest.getRolledBackFrom() == null
                        ? manifest.getVersion() <= current.version()
                        : manifest.getVersion() == current.version());
    }

    private void refuse(WeightManifest manifest, RuntimeException reason) {
        listener.refused(new RefusedWeights(manifest, String.valueOf(reason.getMessage())));
    }

    private PinnedWeights loadPinned(long version) {
        try {
            return new PinnedWeights.Ready(readPatiently(manifest(version), () -> closed));
        } catch (UnusableWeightsException | MissingWeightsException e) {
            return new PinnedWeights.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException | OutOfMemoryError e) {
            if (listener.pinnedFailed(version, e)) {
                return new PinnedWeights.Failed(e.toString());
            }
            throw e;
        }
    }

    private WeightManifest manifest(long version) {
        for (int attempt = 0; attempt < MANIFEST_ATTEMPTS && !closed; attempt++) {
            Optional<WeightManifest> found = history.apply(version);
            if (found.isPresent()) {
                return found.get();
            }
            pause();
        }
        throw new UnusableWeightsException("version " + version + " is not on the topic weights-history");
    }

    private PolicyWeights readPatiently(WeightManifest manifest, BooleanSupplier hurry) {
        for (int attempt = 1; attempt < ATTEMPTS && !hurry.getAsBoolean(); attempt++) {
            try {
                return parser.read(manifest);
            } catch (MissingWeightsException e) {
                pause();
            }
        }
        return parser.read(manifest);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (thread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                parser.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
