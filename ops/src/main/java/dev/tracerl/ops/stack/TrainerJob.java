package dev.tracerl.ops.stack;

import dev.tracerl.schemas.client.Connection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The trainer's jar at a task of its own, beside the services. It ends when it is closed, or with this process. */
public final class TrainerJob implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);
    private static final int NO_PORT = 0;

    private final ChildProcess process;
    private final Path log;
    private final Thread onExit;
    private volatile boolean interrupted;

    private TrainerJob(ChildProcess process, Path log) {
        this.process = process;
        this.log = log;
        this.onExit = new Thread(this::interrupt, "stop-trainer-job");
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /**
     * Starts it.
     *
     * @param name names its log and its folder
     * @param task environment that tells it what to do
     */
    public static TrainerJob start(
            Installation installation, DataDir dir, String name, Connection connection, Map<String, String> task) {
        Path temporary = dir.temporary(name);
        List<String> command = Services.java(temporary, "-Xmx512m");
        command.addAll(Services.javaOptions(Services.TRAINER, System.getenv()));
        command.addAll(List.of("-jar", installation.service(Services.TRAINER).toString()));
        Map<String, String> environment = Services.quarkus(NO_PORT);
        environment.putAll(Services.torch(System.getenv()));
        environment.put("TRACERL_KAFKA_BOOTSTRAP_SERVERS", connection.bootstrapServers());
        environment.put("TRACERL_REGISTRY_URL", connection.registryUrl());
        environment.put("TRACERL_WORKER", name);
        environment.put("TRACERL_DATA_DIR", dir.folder(name).toString());
        connection.weightFolder().ifPresent(folder -> environment.put(Services.WEIGHT_FOLDER, folder.toString()));
        environment.putAll(task);
        Path log = dir.create().log(name);
        ProcessSpec spec = new ProcessSpec(name, command, environment, log, temporary, URI.create("none:" + name));
        return new TrainerJob(ChildProcess.start(spec), log);
    }

    /** Whether it is still at work. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where it writes its log. */
    public Path log() {
        return log;
    }

    /** Whether this process is ending, and the job with it. */
    public boolean isInterrupted() {
        return interrupted;
    }

    private void interrupt() {
        interrupted = true;
        end();
    }

    private void end() {
        process.terminate();
        process.endWithin(STOP_LIMIT);
    }

    @Override
    public void close() {
        if (!interrupted) {
            Runtime.getRuntime().removeShutdownHook(onExit);
            end();
        }
    }
}
