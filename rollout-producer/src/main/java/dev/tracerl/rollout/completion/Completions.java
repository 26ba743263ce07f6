package dev.tracerl.rollout.completion;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.rollout.sample.WorkQueue;
import dev.tracerl.rollout.weights.PinnedWeights;
import dev.tracerl.rollout.weights.PolicySource;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The door for clients: a bounded number of prompts is in progress at one time. Everything that touches text happens on
 * one thread of its own, so that neither HTTP nor the engine waits for it. Thread-safe.
 */
public final class Completions implements AutoCloseable {

    private static final long STOP_MILLIS = 1000;

    private final CompletionDoor door;
    private final WorkQueue queue;
    private final PolicySource newest;
    private final PinnedVersions pinned;
    private final CompletionGroups groups;
    private final Slots slots;
    private final Set<Completion> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread worker = new Thread(task, "answer-completions");
        worker.setDaemon(true);
        return worker;
    });

    /**
     * Where clients' groups are sampled, and with what.
     *
     * @param newest weights of the rollouts
     * @param pinned other versions; never asked for its newest
     * @param highest version that is published
     */
    public record Sources(WorkQueue queue, PolicySource newest, PolicySource pinned, LongSupplier highest) {}

    public Completions(CompletionDoor door, Sources sources, Clock clock) {
        this.door = door;
        this.queue = sources.queue();
        this.newest = sources.newest();
        this.pinned = new PinnedVersions(sources.newest(), sources.pinned(), sources.highest());
        this.groups = new CompletionGroups(door.run().getRunId(), this::later, clock);
        this.slots = new Slots(door.mostPrompts());
    }

    /** The run that is sampled. */
    public CompletionDoor door() {
        return door;
    }

    /** The newest usable version; empty before the first. */
    public OptionalLong newestVersion() {
        Optional<PolicyWeights> weights = newest.newest();
        return weights.isPresent() ? OptionalLong.of(weights.get().version()) : OptionalLong.empty();
    }

    /** Prompts in progress. */
    public int openPrompts() {
        return slots.taken();
    }

    /**
     * Takes a request, or refuses it; the listener is told.
     *
     * @param parse called on the thread of completions; throws {@link RefusedException}
     */
    public Completion accept(Function<CompletionDoor, CompletionRequest> parse, CompletionListener listener) {
        Completion completion = new Completion(listener, slots, this::ended);
        open.add(completion);
        if (completion.reserve(1)) {
            later(() -> completion.attempt(() -> begin(completion, parse.apply(door))));
        } else {
            completion.refuse(busy());
        }
        if (thread.isShutdown()) {
            completion.refuse(closing());
        }
        return completion;
    }

    /** More is known of a pinned version. */
    public void pinnedChanged() {
        later(pinned::changed);
    }

    private void ended(Completion completion) {
        open.remove(completion);
        later(pinned::changed);
    }

    private void begin(Completion completion, CompletionRequest request) {
        int prompts = request.prompts().size();
        door.requirePrompts(request.field(), prompts);
        SamplerSettings settings = door.check(request);
        if (newestVersion().isEmpty()) {
            throw new RefusedException(Problem.unavailable("no_weights", "the run has no weights yet; try again"));
        }
        if (!completion.reserve(prompts - 1)) {
            throw new RefusedException(busy());
        }
        completion.begin(request, door.rules(request));
        if (request.version() == null) {
            enqueue(completion, request, settings, null);
        } else {
            pinned.find(
                    request.version(),
                    completion,
                    found -> completion.attempt(() -> enqueue(completion, request, settings, weights(request, found))));
        }
    }

    private PolicyWeights weights(CompletionRequest request, PinnedWeights found) {
        if (found instanceof PinnedWeights.Ready ready) {
            return ready.weights();
        }
        if (found instanceof PinnedWeights.Failed failed) {
            throw new RefusedException(Problem.unavailable(
                    "version_not_loaded",
                    "version " + request.version() + " could not be loaded, try again: " + failed.reason()));
        }
        String reason = found instanceof PinnedWeights.Refused refused ? ": " + refused.reason() : "";
        throw new RefusedException(
                Problem.unknownModel("version " + request.version() + " of the model cannot be used" + reason));
    }

    private void enqueue(
            Completion completion,
            CompletionRequest request,
            SamplerSettings settings,
            @Nullable PolicyWeights weights) {
        groups.of(completion, request, settings, weights, door.follows(request)).forEach(queue::add);
    }

    private void later(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            // closing: whoever is open is told by close()
        }
    }

    private Problem busy() {
        return Problem.busy("at most " + door.mostPrompts() + " prompts may be in progress; try again later");
    }

    private static Problem closing() {
        return Problem.unavailable("stopping", "the worker is stopping; try again");
    }

    /** Whether nothing works for clients any more: until then the tokenizer is in use. */
    public boolean stopped() {
        return thread.isTerminated();
    }

    /** Refuses what is open; what is being turned into text is waited for a moment. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(completion -> completion.refuse(closing()));
    }
}
