package dev.tracerl.trainer.plan;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The choice of parameters to train.
 *
 * @param patterns regular expressions of whole parameter names; none train all
 */
public record TrainableParameters(List<Pattern> patterns) {

    public TrainableParameters {
        patterns = List.copyOf(patterns);
    }

    /**
     * The choice that a run makes.
     *
     * @throws IllegalArgumentException if a pattern is no regular expression
     */
    static TrainableParameters of(List<String> patterns) {
        return new TrainableParameters(
                patterns.stream().map(TrainableParameters::compile).toList());
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + pattern + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    /**
     * Checks the choice against a model.
     *
     * @param names all parameters
     * @throws RefusedRunException if a pattern matches nothing, or parameters are left out, which the trainer cannot do
     *     yet
     */
    public void check(List<String> names) {
        for (Pattern pattern : patterns) {
            if (names.stream().noneMatch(name -> pattern.matcher(name).matches())) {
                throw new RefusedRunException(
                        "model.trainable: '" + pattern + "' matches no parameter; one is " + names.get(0));
            }
        }
        if (!patterns.isEmpty() && !names.stream().allMatch(this::trains)) {
            throw new RefusedRunException(
                    "model.trainable: training a part of the parameters is not available yet; train all");
        }
    }

    private boolean trains(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
