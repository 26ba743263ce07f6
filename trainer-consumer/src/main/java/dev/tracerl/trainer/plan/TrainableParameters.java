package dev.tracerl.trainer.plan;

import dev.tracerl.model.adapter.AdapterSettings;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.training.Trainable;
import dev.tracerl.schemas.avro.LoraSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Finds what a run trains by its patterns: regular expressions of whole parameter names. */
final class TrainableParameters {

    private TrainableParameters() {}

    /**
     * What a run trains of its parameters.
     *
     * @param patterns none train all
     * @throws IllegalArgumentException if a pattern is no regular expression or matches nothing
     */
    static Trainable of(List<String> patterns, ModelConfig config) {
        return patterns.isEmpty()
                ? new Trainable.All()
                : new Trainable.Named(chosen(patterns, Trainable.names(config), "parameter"));
    }

    /**
     * The adapters that a run trains instead.
     *
     * @param seed seed of their first values
     * @throws IllegalArgumentException if a pattern is no regular expression or matches no matrix, or the rank does not
     *     fit
     */
    static Trainable of(LoraSpec lora, ModelConfig config, long seed) {
        List<String> targets = chosen(lora.getTargets(), AdapterSettings.candidates(config), "matrix");
        AdapterSettings settings = new AdapterSettings(lora.getRank(), lora.getAlpha(), targets);
        settings.slices(config);
        return new Trainable.Adapted(settings, seed);
    }

    /**
     * The names that match one of the patterns, in their order.
     *
     * @param what what the names stand for, for messages
     */
    private static List<String> chosen(List<String> patterns, List<String> names, String what) {
        List<Pattern> compiled = new ArrayList<>();
        for (String pattern : patterns) {
            Pattern one = compile(pattern);
            if (names.stream().noneMatch(name -> one.matcher(name).matches())) {
                throw new IllegalArgumentException(
                        "'" + pattern + "' matches no " + what + "; there are " + summary(names));
            }
            compiled.add(one);
        }
        return names.stream()
                .filter(name ->
                        compiled.stream().anyMatch(one -> one.matcher(name).matches()))
                .toList();
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + pattern + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    /** The names, those of all layers as one. */
    private static String summary(List<String> names) {
        return names.stream()
                .map(name -> name.replaceAll("\\.\\d+\\.", ".N."))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
