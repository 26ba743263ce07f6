package dev.tracerl.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.containers.ContainerState;
import org.testcontainers.containers.wait.strategy.Wait;

/** The stack of the compose files, in a project of its own on free ports, all images built here. */
final class ContainerStack {

    static final Path HOME = Path.of(System.getProperty("tracerl.home"));

    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(5);
    private static final List<String> SERVICES =
            List.of("broker", "registry", "rollout-producer", "reward-stream", "trainer-consumer");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<File> files;
    private final Map<String, String> environment;
    private final ComposeContainer compose;
    private String project = "";

    /**
     * A stack that is not started yet.
     *
     * @param files names of the compose files
     * @param more environment of the compose files, besides the ports
     */
    ContainerStack(List<String> files, Map<String, String> more) {
        this.files = files.stream()
                .map(name -> HOME.resolve("docker").resolve(name).toFile())
                .toList();
        this.environment = new HashMap<>(more);
        environment.put("TRACERL_BROKER_PORT", String.valueOf(freePort()));
        environment.put("TRACERL_REGISTRY_PORT", String.valueOf(freePort()));
        this.compose = new ComposeContainer("tracerl", this.files)
                .withEnv(environment)
                .withServices(SERVICES.toArray(String[]::new))
                .withBuild(true)
                .withPull(false)
                .withRemoveVolumes(false)
                .withStartupTimeout(HEALTHY_WITHIN);
        SERVICES.forEach(service ->
                compose.waitingFor(service + "-1", Wait.forHealthcheck().withStartupTimeout(HEALTHY_WITHIN)));
    }

    /** Starts the services of a stack, some of them several times. */
    ContainerStack start(Map<String, Integer> replicas) {
        replicas.forEach(compose::withScaledService);
        compose.start();
        project =
                container("broker-1").getContainerInfo().getConfig().getLabels().get("com.docker.compose.project");
        return this;
    }

    /** Removes the containers, not the volumes, and makes new ones. */
    void downAndUp() {
        compose.stop();
        compose.withBuild(false).start();
    }

    /** Host and port of a service for clients outside of the containers. */
    String address(String portVariable) {
        return "127.0.0.1:" + environment.get(portVariable);
    }

    /** One container of a service, such as {@code broker-1}. */
    ContainerState container(String instance) {
        return compose.getContainerByServiceName(instance)
                .orElseThrow(() -> new AssertionError("there is no container " + instance));
    }

    /** Kills a container from outside, as the kernel would when memory is short. */
    void kill(String instance) throws InterruptedException {
        long pid = container(instance).getCurrentContainerInfo().getState().getPidLong();
        String image = container(instance).getContainerInfo().getConfig().getImage();
        List<String> command = List.of("docker", "run", "--rm", "--pid", "host", "--user", "0", "--entrypoint", "sh");
        Command.start(
                        Stream.concat(command.stream(), Stream.of(image, "-c", "kill -9 " + pid))
                                .toList(),
                        Map.of())
                .await(Duration.ofMinutes(1));
    }

    /** A command of tracerl in the image of ops. */
    Command tracerl(String... arguments) {
        return run(List.of("ops"), arguments);
    }

    /** Output of a command of tracerl as JSON. */
    JsonNode json(String... arguments) throws InterruptedException {
        try {
            return JSON.readTree(tracerl(arguments).await(Duration.ofMinutes(3)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A container for one command: {@code docker compose run}. */
    Command run(List<String> optionsAndService, String... arguments) {
        List<String> command = composeCommand();
        command.addAll(List.of("run", "--rm", "--no-deps", "-T"));
        command.addAll(optionsAndService);
        command.addAll(List.of(arguments));
        return Command.start(command, environment);
    }

    /** What all containers of the project have logged. */
    String logs() throws InterruptedException {
        List<String> command = composeCommand();
        command.addAll(List.of("logs", "--no-color"));
        return Command.start(command, environment).await(Duration.ofMinutes(1));
    }

    private List<String> composeCommand() {
        List<String> command = new ArrayList<>(List.of("docker", "compose", "--profile", "*", "-p", project));
        files.forEach(file -> command.addAll(List.of("-f", file.toString())));
        return command;
    }

    /** Removes containers and volumes, those of all profiles. */
    void remove() throws InterruptedException {
        compose.stop();
        List<String> command = composeCommand();
        command.addAll(List.of("down", "--volumes"));
        Command.start(command, environment).await(Duration.ofMinutes(2));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
