package dev.tracerl.rollout.api;

import dev.tracerl.rollout.completion.CompletionDoor;
import dev.tracerl.schemas.avro.SamplerSpec;
import java.util.Set;

/** How a client wants responses to be sampled, over what the run says. */
final class SamplerFields {

    /** Name of the object that holds what OpenAI's interface has no field for. */
    static final String EXTENSION = "tracerl";

    /** Field of it that asks for everything that was recorded. */
    static final String TRACE = "trace";

    private static final Set<String> NAMES = Set.of(
            TRACE,
            "blockSize",
            "stepsPerBlock",
            "unmasking",
            "threshold",
            "entropyBound",
            "topK",
            "confidence",
            "plainConfidence",
            "prefixCache",
            "furtherHorizon",
            "earlyStop",
            "selectionTemperature",
            "padPenalty");

    /** Below it, scores divided by it are too large for float32. */
    private static final double LOWEST_TEMPERATURE = 0.01;

    private static final double HIGHEST_TEMPERATURE = 2;

    private SamplerFields() {}

    /** The run's settings with those that a request names; the limit on tokens is left as it is. */
    static SamplerSpec read(Fields fields, CompletionDoor door) {
        SamplerSpec spec = door.defaults();
        spec.setTemperature(temperature(fields, spec.getTemperature()));
        spec.setTopP(fields.number("top_p", spec.getTopP()));
        if (!(spec.getTopP() > 0 && spec.getTopP() <= 1)) {
            throw fields.invalid("top_p", "is " + spec.getTopP() + ", must be greater than 0 and at most 1");
        }
        fields.object(EXTENSION).ifPresent(extension -> {
            extension.allow(NAMES);
            blocks(extension, spec, door);
            fullAttention(extension, spec);
        });
        return spec;
    }

    private static double temperature(Fields fields, double otherwise) {
        double temperature = fields.number("temperature", otherwise);
        boolean inside = temperature >= LOWEST_TEMPERATURE && temperature <= HIGHEST_TEMPERATURE;
        if (fields.value("temperature").isPresent() && temperature != 0 && !inside) {
            throw fields.invalid(
                    "temperature",
                    "is " + temperature + ", must be 0, or from " + LOWEST_TEMPERATURE + " to " + HIGHEST_TEMPERATURE);
        }
        return temperature;
    }

    /** A round is one block and cannot be interrupted, so no client's may be longer than the run's own. */
    private static void blocks(Fields fields, SamplerSpec spec, CompletionDoor door) {
        int tokens = door.largest(SamplerSpec::getBlockSize);
        int steps = door.largest(SamplerSpec::getStepsPerBlock);
        spec.setBlockSize(fields.integer("blockSize", 1, tokens, spec.getBlockSize()));
        spec.setStepsPerBlock(fields.integer("stepsPerBlock", 1, steps, spec.getStepsPerBlock()));
        spec.setUnmasking(fields.constant("unmasking", spec.getUnmasking()));
        spec.setThreshold(fields.number("threshold", spec.getThreshold()));
        spec.setEntropyBound(fields.number("entropyBound", spec.getEntropyBound()));
        spec.setTopK(fields.integer("topK", 0, Integer.MAX_VALUE, spec.getTopK()));
        spec.setConfidence(fields.constant("confidence", spec.getConfidence()));
        spec.setPlainConfidence(fields.flag("plainConfidence", spec.getPlainConfidence()));
    }

    private static void fullAttention(Fields fields, SamplerSpec spec) {
        spec.setPrefixCache(fields.flag("prefixCache", spec.getPrefixCache()));
        fields.integer("furtherHorizon", 0, Integer.MAX_VALUE)
                .ifPresent(horizon -> spec.setFurtherHorizon(horizon.intValue()));
        spec.setEarlyStop(fields.constant("earlyStop", spec.getEarlyStop()));
        spec.setSelectionTemperature(fields.number("selectionTemperature", spec.getSelectionTemperature()));
        spec.setPadPenalty(fields.number("padPenalty", spec.getPadPenalty()));
    }
}
