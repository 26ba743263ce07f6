package dev.tracerl.ops.stack;

import dev.tracerl.broker.KafkaMain;
import dev.tracerl.broker.RegistryNode;
import dev.tracerl.schemas.client.ServiceMemory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Command lines and environments of the processes. Heaps are small on purpose: the whole stack has to stay below 6 GiB,
 * and most of a service's memory is libtorch's.
 */
final class Services {

    static final String ROLLOUT = "rollout-producer";
    static final String REWARD = "reward-stream";
    static final String TRAINER = "trainer-consumer";
    static final String VERIFIER = "verifier-";

    static final String WEIGHT_FOLDER = "TRACERL_WEIGHT_FOLDER";

    /** Large buffers are kept instead of being returned to the system after every operation; see docs/benchmarks.md. */
    private static final Map<String, String> KEEP_BUFFERS =
            Map.of("MALLOC_MMAP_THRESHOLD_", "4294967296", "MALLOC_TRIM_THRESHOLD_", "8589934592");

    private static final String LOOPBACK = "127.0.0.1";
    private static final String DEVICE = "TRACERL_DEVICE";
    private static final String ROLLOUT_DEVICES = "TRACERL_ROLLOUT_DEVICES";

    private final Installation installation;
    private final StackSettings settings;
    private final Map<String, String> outer;
    private final DataDir dir;
    private final Ports ports;
    private final int brokerPort;
    private final int registryPort;

    /** @param outer the environment that the processes inherit; it may hold further Java options and devices of them */
    Services(Installation installation, StackSettings settings, Ports ports, Map<String, String> outer) {
        this.installation = installation;
        this.settings = settings;
        this.outer = outer;
        this.dir = new DataDir(settings.dataDir());
        this.ports = ports;
        this.brokerPort = ports.take(settings.brokerPort(), "broker");
        this.registryPort = ports.take(settings.registryPort(), "registry");
    }

    String bootstrapServers() {
        return LOOPBACK + ":" + brokerPort;
    }

    String registryUrl() {
        return "http://" + LOOPBACK + ":" + registryPort + "/apis/ccompat/v7";
    }

    ProcessSpec broker() {
        Path temporary = dir.temporary("broker");
        List<String> command = java(temporary, "-Xmx320m", "-XX:MaxDirectMemorySize=192m", "-XX:TieredStopAtLevel=1");
        command.addAll(List.of("-cp", installation.commandLine().toString(), KafkaMain.class.getName()));
        command.addAll(List.of(dir.folder("broker").toString(), String.valueOf(brokerPort)));
        URI health = URI.create("tcp://" + bootstrapServers());
        return new ProcessSpec("broker", command, Map.of(), dir.log("broker"), temporary, health);
    }

    ProcessSpec registry() {
        ProcessBuilder registry = RegistryNode.command(installation.registry(), dir.folder("registry"), registryPort);
        Path temporary = dir.temporary("registry");
        List<String> command = new ArrayList<>(registry.command());
        command.add(1, temporaryFiles(temporary));
        URI health = URI.create(registryUrl() + "/subjects");
        return new ProcessSpec("registry", command, registry.environment(), dir.log("registry"), temporary, health);
    }

    /** The services in the order of the data's flow. */
    List<ProcessSpec> services() {
        List<ProcessSpec> services = new ArrayList<>();
        for (int worker = 1; worker <= settings.rollouts(); worker++) {
            String name = worker == 1 ? ROLLOUT : ROLLOUT + "-" + worker;
            services.add(torch(name, ROLLOUT, "-Xmx256m", device(worker)));
        }
        services.add(service(REWARD, REWARD, "-Xmx256m", Map.of()));
        for (int worker = 1; worker <= settings.verifiers(); worker++) {
            services.add(service(VERIFIER + worker, REWARD, "-Xmx192m", Map.of("TRACERL_ROLE", "verifier")));
        }
        services.add(torch(TRAINER, TRAINER, "-Xmx384m", Map.of()));
        return services;
    }

    private ProcessSpec torch(String name, String module, String heap, Map<String, String> device) {
        Map<String, String> environment = torch(outer);
        environment.put(WEIGHT_FOLDER, dir.weights().toString());
        environment.putAll(device);
        return service(name, module, heap, environment);
    }

    /** The devices in turn; without any the worker inherits the one of all. */
    private Map<String, String> device(int worker) {
        List<String> devices = words(outer.get(ROLLOUT_DEVICES), ",");
        return devices.isEmpty() ? Map.of() : Map.of(DEVICE, devices.get((worker - 1) % devices.size()));
    }

    private static List<String> words(@Nullable String text, String separator) {
        return Stream.of(Objects.requireNonNullElse(text, "").split(separator))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /**
     * Environment of a service that computes with tensors.
     *
     * @param outer what it inherits; the user's settings of the allocator stand
     */
    static Map<String, String> torch(Map<String, String> outer) {
        Map<String, String> environment = new TreeMap<>(KEEP_BUFFERS);
        environment.keySet().removeAll(outer.keySet());
        environment.putAll(Map.of("OMP_NUM_THREADS", "1", "DJL_OFFLINE", "true", "OPT_OUT_TRACKING", "true"));
        return environment;
    }

    /** Further Java options of a service, the user's: they come last, so that they win. */
    static List<String> javaOptions(String module, Map<String, String> outer) {
        return memory(module)
                .map(memory -> words(outer.get(memory.javaOptions()), "\\s+"))
                .orElse(List.of());
    }

    /** What is known of the memory of a process, if it is a service. */
    static Optional<ServiceMemory> memory(String name) {
        if (name.startsWith(ROLLOUT)) {
            return Optional.of(ServiceMemory.ROLLOUT);
        }
        if (name.startsWith(TRAINER)) {
            return Optional.of(ServiceMemory.TRAINER);
        }
        return name.startsWith(REWARD) || name.startsWith(VERIFIER)
                ? Optional.of(ServiceMemory.REWARD)
                : Optional.empty();
    }

    private ProcessSpec service(String name, String module, String heap, Map<String, String> more) {
        int port = ports.free();
        Path temporary = dir.temporary(name);
        List<String> command = java(temporary, heap);
        command.addAll(javaOptions(module, outer));
        command.addAll(List.of("-jar", installation.service(module).toString()));
        Map<String, String> environment = quarkus(port);
        environment.put("TRACERL_DEPLOYMENT", settings.deployment());
        environment.put("TRACERL_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
        environment.put("TRACERL_REGISTRY_URL", registryUrl());
        environment.put("TRACERL_WORKER", name);
        environment.put("TRACERL_WORKER_ID", name);
        environment.put("TRACERL_DATA_DIR", dir.folder(name).toString());
        environment.putAll(more);
        URI health = URI.create("http://" + LOOPBACK + ":" + port + "/q/health/ready");
        return new ProcessSpec(name, command, environment, dir.log(name), temporary, health);
    }

    static Map<String, String> quarkus(int port) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("QUARKUS_HTTP_HOST", LOOPBACK);
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_LOG_CONSOLE_COLOR", "false");
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    /** A Java program that leaves its temporary files, unpacked libraries among them, in a folder of its own. */
    static List<String> java(Path temporary, String... options) {
        Path java = Installation.java();
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:+UseSerialGC"));
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add(temporaryFiles(temporary));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(options));
        return command;
    }

    private static String temporaryFiles(Path folder) {
        return "-Djava.io.tmpdir=" + folder;
    }
}
