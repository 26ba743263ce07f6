package dev.tracerl.ops.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.ops.run.Problems;
import dev.tracerl.ops.run.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An experiment as a file.
 *
 * @param title what is compared
 * @param base run file with a warm-up and the run that the variants change
 * @param seeds every variant is done once with each
 * @param steps training steps of every variant; the base's target is not a reason to stop
 * @param variants what is compared
 */
public record ExperimentFile(String title, Path base, List<Long> seeds, long steps, List<Variant> variants) {

    private static final Set<String> KEYS = Set.of("title", "base", "seeds", "steps", "variants");
    private static final Set<String> VARIANT_KEYS = Set.of("id", "name", "set");

    public ExperimentFile {
        seeds = List.copyOf(seeds);
        variants = List.copyOf(variants);
    }

    /** The same experiment with other seeds. */
    ExperimentFile withSeeds(List<Long> others) {
        return new ExperimentFile(title, base, others, steps, variants);
    }

    /** The same experiment with another number of steps. */
    ExperimentFile withSteps(long others) {
        return new ExperimentFile(title, base, seeds, others, variants);
    }

    /**
     * Reads a file.
     *
     * @throws dev.tracerl.ops.run.RunFileException listing everything that is wrong
     */
    public static ExperimentFile read(Path file) {
        Problems problems = new Problems();
        JsonNode root = YamlTree.read(file, problems);
        problems.throwIfAny(file.toString());
        requireKnown(root, KEYS, "", problems);
        ExperimentFile read = new ExperimentFile(
                text(root, "title", "", problems),
                file.resolveSibling(text(root, "base", "", problems)),
                seeds(root.path("seeds"), problems),
                root.path("steps").asLong(),
                variants(root.path("variants"), problems));
        if (read.steps() < 1) {
            problems.add("steps", "expected a number of at least 1");
        }
        problems.throwIfAny(file.toString());
        return read;
    }

    private static List<Long> seeds(JsonNode node, Problems problems) {
        List<Long> seeds = new ArrayList<>();
        for (JsonNode seed : node) {
            seeds.add(seed.asLong());
        }
        if (seeds.isEmpty()) {
            problems.add("seeds", "expected a list of at least one number");
        }
        return seeds;
    }

    private static List<Variant> variants(JsonNode node, Problems problems) {
        List<Variant> variants = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode variant : node) {
            String at = "variants[" + variants.size() + "]";
            requireKnown(variant, VARIANT_KEYS, at, problems);
            String id = text(variant, "id", at, problems);
            if (!id.matches("[a-z0-9-]+") || !ids.add(id)) {
                problems.add(at + ".id", "expected a name of its own of lower-case letters, digits and dashes");
            }
            variants.add(new Variant(id, text(variant, "name", at, problems), changes(variant, at, problems)));
        }
        if (variants.isEmpty()) {
            problems.add("variants", "expected a list of at least one variant");
        }
        return variants;
    }

    private static ObjectNode changes(JsonNode variant, String at, Problems problems) {
        JsonNode set = variant.path("set");
        if (!set.isMissingNode() && !set.isObject()) {
            problems.add(at + ".set", "expected keys and values of a run");
        }
        return set instanceof ObjectNode tree ? tree : JsonNodeFactory.instance.objectNode();
    }

    private static String text(JsonNode node, String key, String at, Problems problems) {
        if (!node.path(key).isTextual()) {
            problems.add(at.isEmpty() ? key : at + "." + key, "expected a text");
        }
        return node.path(key).asText();
    }

    private static void requireKnown(JsonNode node, Set<String> known, String at, Problems problems) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add(at.isEmpty() ? key : at + "." + key, "unknown key");
            }
        });
    }
}
