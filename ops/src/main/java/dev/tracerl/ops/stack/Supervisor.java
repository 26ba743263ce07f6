package dev.tracerl.ops.stack;

import dev.tracerl.schemas.client.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts broker, registry and services in this order, keeps them alive, tells what it does in the state file, and stops
 * them in the opposite order.
 */
final class Supervisor {

    private static final Duration READY_LIMIT = Duration.ofSeconds(180);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);

    private final DataDir dir;
    private final StackSettings settings;
    private final Services services;
    private final Events events;
    private final Watchdog watchdog;
    private final long startedAt = System.currentTimeMillis();
    private final List<Supervised> children = new ArrayList<>();
    private StackState.Phase phase = StackState.Phase.STARTING;
    private String message = "";

    Supervisor(Installation installation, StackSettings settings) {
        this.dir = new DataDir(settings.dataDir()).create();
        this.settings = settings;
        this.services = new Services(installation, settings, new Ports(), System.getenv());
        this.events = new Events(dir);
        this.watchdog = new Watchdog(dir);
    }

    /**
     * Starts everything and returns when all is ready.
     *
     * @throws StackException if something does not start; call {@link #stop} then
     */
    void start() throws InterruptedException {
        watchdog.start();
        publish();
        startAll(List.of(services.broker(), services.registry()));
        ClusterSetup setup = new ClusterSetup(new Connection(services.bootstrapServers(), services.registryUrl()));
        setup.registry();
        setup.topics();
        startAll(services.services());
        children().forEach(Supervised::keepAlive);
        enter(StackState.Phase.READY, "");
    }

    private void startAll(List<ProcessSpec> specs) throws InterruptedException {
        List<Supervised> started = specs.stream()
                .map(spec -> new Supervised(spec, events, this::publish))
                .toList();
        synchronized (this) {
            children.addAll(started);
        }
        started.forEach(Supervised::start);
        Supervised.awaitReady(started, READY_LIMIT);
    }

    /** Says why the stack could not be started, unless it is being stopped. */
    void fail(String reason) {
        if (phase() == StackState.Phase.STOPPING) {
            return;
        }
        enter(StackState.Phase.FAILED, reason);
        events.tell("the stack could not be started: " + reason);
    }

    /** Stops services, registry and broker, in this order. */
    void stop() {
        boolean failed = phase() == StackState.Phase.FAILED;
        if (!failed) {
            enter(StackState.Phase.STOPPING, "");
        }
        stopOrder().forEach(Supervisor::stopGroup);
        watchdog.forget();
        if (!failed) {
            DataDir.delete(dir.state());
        }
    }

    private static void stopGroup(List<Supervised> group) {
        group.forEach(Supervised::beginStop);
        group.forEach(child -> child.awaitStop(STOP_LIMIT));
    }

    private List<List<Supervised>> stopOrder() {
        List<Supervised> all = children();
        List<Supervised> apps = all.subList(Math.min(2, all.size()), all.size());
        List<Supervised> broker = all.subList(0, Math.min(1, all.size()));
        List<Supervised> registry = all.subList(broker.size(), all.size() - apps.size());
        return List.of(apps, registry, broker);
    }

    private synchronized List<Supervised> children() {
        return List.copyOf(children);
    }

    private synchronized StackState.Phase phase() {
        return phase;
    }

    private void enter(StackState.Phase next, String text) {
        synchronized (this) {
            phase = next;
            message = text;
        }
        publish();
    }

    private synchronized void publish() {
        StackStateFile.write(
                dir,
                new StackState(
                        ProcessHandle.current().pid(),
                        phase,
                        message,
                        services.bootstrapServers(),
                        services.registryUrl(),
                        settings.deployment(),
                        startedAt,
                        children.stream().map(Supervised::state).toList()));
        watchdog.remember(stopOrder().stream().map(Supervisor::pids).toList());
    }

    private static List<Long> pids(List<Supervised> group) {
        return group.stream()
                .map(child -> child.state().pid())
                .flatMap(pid -> pid < 0 ? Stream.empty() : Stream.of(pid))
                .toList();
    }
}
