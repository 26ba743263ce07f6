package dev.tracerl.trainer.batch;

import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.schemas.avro.TrainingGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * A well-formed training group.
 *
 * @param group as it came from the log
 * @param responses its samples, unpacked, in their order
 */
public record ReadGroup(TrainingGroup group, List<TracedResponse> responses) {

    public ReadGroup {
        responses = List.copyOf(responses);
    }

    /** Its samples laid out for the network. */
    public List<Example> pack(PackSettings settings) {
        List<Example> examples = new ArrayList<>(responses.size());
        for (int i = 0; i < responses.size(); i++) {
            examples.add(new Example(
                    group.getSamples().get(i).getTrajectoryId(), TracePacker.pack(responses.get(i), settings)));
        }
        return examples;
    }
}
