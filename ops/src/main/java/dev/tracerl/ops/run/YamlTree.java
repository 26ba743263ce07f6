package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads YAML, anchors and merge keys included, as a tree. */
public final class YamlTree {

    private static final ObjectMapper JSON = new ObjectMapper();

    private YamlTree() {}

    /**
     * The tree of a value, as it would stand behind a key.
     *
     * @throws IllegalArgumentException if it is no YAML
     */
    public static JsonNode value(String text) {
        try {
            Object value = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            return JSON.valueToTree(value);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("'" + text + "' is no YAML: " + e.getMessage(), e);
        }
    }

    /** The tree of the only document; empty if a problem was added. */
    public static JsonNode read(Path file, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (Reader reader = Files.newBufferedReader(file)) {
            Object document = new Yaml(new SafeConstructor(options)).load(reader);
            return JSON.valueToTree(document == null ? "" : document);
        } catch (IOException e) {
            problems.add("", Files.exists(file) ? "it cannot be read: " + e.getMessage() : "there is no such file");
        } catch (YAMLException e) {
            problems.add("", "it is no YAML: " + e.getMessage());
        }
        return JSON.createObjectNode();
    }
}
