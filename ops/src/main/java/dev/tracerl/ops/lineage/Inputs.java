package dev.tracerl.ops.lineage;

import dev.tracerl.schemas.avro.OffsetRange;
import dev.tracerl.schemas.avro.TrainStep;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what steps read. */
final class Inputs {

    private Inputs() {}

    static List<Lineage.Input> of(Collection<TrainStep> steps) {
        Map<String, Lineage.Input> inputs = new TreeMap<>();
        steps.stream()
                .flatMap(step -> step.getInputs().stream())
                .map(Inputs::input)
                .forEach(input -> inputs.merge(input.topic(), input, Inputs::sum));
        return List.copyOf(inputs.values());
    }

    private static Lineage.Input input(OffsetRange range) {
        return new Lineage.Input(
                range.getTopic() + "-" + range.getPartition(),
                range.getFrom(),
                range.getTo(),
                range.getTo() - range.getFrom());
    }

    private static Lineage.Input sum(Lineage.Input one, Lineage.Input other) {
        return new Lineage.Input(
                one.topic(),
                Math.min(one.from(), other.from()),
                Math.max(one.to(), other.to()),
                one.records() + other.records());
    }
}
