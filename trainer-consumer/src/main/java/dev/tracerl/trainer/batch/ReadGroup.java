package dev.tracerl.trainer.batch;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import java.util.ArrayList;
import java.util.Arrays;
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
    public List<Example> pack(ResponsePacker packer) {
        List<Example> examples = new ArrayList<>(responses.size());
        for (int i = 0; i < responses.size(); i++) {
            TrainingSample sample = group.getSamples().get(i);
            PackedExample packed = packer.pack(responses.get(i), group.getGroupId(), sample.getSample());
            int[] steps = TracePacker.steps(responses.get(i), packed, packer.settings());
            examples.add(new Example(sample.getTrajectoryId(), packed, rewards(sample, packed, steps)));
        }
        return examples;
    }

    /** Process rewards, where there are any, went to the targets in the place of advantages; see {@link GroupReader}. */
    private static TargetRewards rewards(TrainingSample sample, PackedExample packed, int[] steps) {
        if (sample.getTokenRewards() == null) {
            return TargetRewards.outcome(steps, sample.getAdvantage());
        }
        double[] values = new double[packed.advantages().length];
        Arrays.setAll(values, t -> packed.advantages()[t]);
        return new TargetRewards(steps, values, true);
    }
}
