package dev.tracerl.broker;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Broker settings by the rules of Apache's image. */
final class ContainerSettings {

    private static final String PREFIX = "KAFKA_";

    /** Variables of Kafka's scripts, which are no settings of the broker. */
    private static final Set<String> SCRIPTS = Set.of("KAFKA_HEAP_OPTS", "KAFKA_OPTS", "KAFKA_VERSION");

    private ContainerSettings() {}

    /**
     * The settings of a properties file, if it exists, and of an environment, which wins: {@code KAFKA_NODE_ID} is
     * {@code node.id}; two underscores stand for one, three for a dash.
     */
    static Map<String, String> of(Map<String, String> environment, Path file) {
        Map<String, String> settings = new HashMap<>(Files.exists(file) ? read(file) : Map.of());
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !SCRIPTS.contains(name)) {
                settings.put(key(name.substring(PREFIX.length())), value);
            }
        });
        return settings;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace("___", "-")
                .replace("__", "\0")
                .replace('_', '.')
                .replace('\0', '_');
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("broker settings " + file + " cannot be read: " + e.getMessage(), e);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }
}
