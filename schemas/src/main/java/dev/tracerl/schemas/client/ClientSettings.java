package dev.tracerl.schemas.client;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Settings of Kafka clients and of the registry client, such as those of security, from a file or from the environment.
 *
 * @param kafka by Kafka's names
 * @param registry by Confluent's names, without the prefix {@code schema.registry.}
 */
public record ClientSettings(Map<String, String> kafka, Map<String, String> registry) {

    /** Environment variable that names a file for {@link #ofFile}. */
    public static final String FILE_VARIABLE = "TRACERL_CLIENT_CONFIG";

    /** No settings. */
    public static final ClientSettings NONE = new ClientSettings(Map.of(), Map.of());

    private static final String KAFKA_VARIABLES = "TRACERL_KAFKA_";
    private static final String REGISTRY_VARIABLES = "TRACERL_REGISTRY_";
    private static final Set<String> OWN_VARIABLES = Set.of("TRACERL_KAFKA_BOOTSTRAP_SERVERS", "TRACERL_REGISTRY_URL");
    private static final String REGISTRY_KEYS = "schema.registry.";

    public ClientSettings {
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
    }

    /**
     * Settings of a properties file, as Kafka's own tools take them; keys that begin with {@code schema.registry.} are
     * the registry client's.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public static ClientSettings ofFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("client settings " + file + " cannot be read: " + e.getMessage(), e);
        }
        Map<String, String> kafka = new HashMap<>();
        Map<String, String> registry = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(REGISTRY_KEYS)) {
                registry.put(key.substring(REGISTRY_KEYS.length()), properties.getProperty(key));
            } else {
                kafka.put(key, properties.getProperty(key));
            }
        }
        return new ClientSettings(kafka, registry);
    }

    /**
     * Settings of an environment: {@code TRACERL_KAFKA_SECURITY_PROTOCOL} is Kafka's {@code security.protocol},
     * {@code TRACERL_REGISTRY_BASIC_AUTH_USER_INFO} the registry client's {@code basic.auth.user.info}. They win over those
     * of the file that {@link #FILE_VARIABLE} names.
     */
    public static ClientSettings ofEnvironment(Map<String, String> environment) {
        ClientSettings variables = new ClientSettings(
                startingWith(KAFKA_VARIABLES, environment), startingWith(REGISTRY_VARIABLES, environment));
        String file = environment.getOrDefault(FILE_VARIABLE, "");
        return file.isBlank() ? variables : ofFile(Path.of(file)).with(variables);
    }

    /** These settings and others, which win. */
    public ClientSettings with(ClientSettings others) {
        return new ClientSettings(merged(kafka, others.kafka), merged(registry, others.registry));
    }

    /** A connection with these settings. */
    public Connection connection(String bootstrapServers, String registryUrl) {
        return new Connection(bootstrapServers, registryUrl, kafka, registry, Optional.empty());
    }

    /** Names only: the values hold passwords. */
    @Override
    public String toString() {
        return "ClientSettings[kafka=" + kafka.keySet() + ", registry=" + registry.keySet() + "]";
    }

    private static Map<String, String> startingWith(String prefix, Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(prefix) && !isOurs(name)) {
                settings.put(key(name.substring(prefix.length())), value);
            }
        });
        return settings;
    }

    /** The services' own variables, which have the same beginning. */
    private static boolean isOurs(String name) {
        return OWN_VARIABLES.contains(name) || name.contains("_SETTINGS_");
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static Map<String, String> merged(Map<String, String> first, Map<String, String> winning) {
        Map<String, String> merged = new HashMap<>(first);
        merged.putAll(winning);
        return merged;
    }
}
