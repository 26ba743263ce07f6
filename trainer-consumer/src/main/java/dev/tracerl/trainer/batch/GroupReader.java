package dev.tracerl.trainer.batch;

import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import java.util.List;

/**
 * Unpacks training groups and checks them, so that what is malformed is found where it arrives and not in the network.
 *
 * @param runId the run they must belong to
 * @param vocabulary number of tokens
 */
public record GroupReader(String runId, int vocabulary) {

    /**
     * The responses of a group.
     *
     * @throws IllegalArgumentException if the group is malformed, with the reason
     */
    public ReadGroup read(TrainingGroup group) {
        if (!group.getRunId().equals(runId)) {
            throw new IllegalArgumentException("the group belongs to run " + group.getRunId());
        }
        if (group.getSamples().isEmpty()) {
            throw new IllegalArgumentException("the group has no samples");
        }
        List<TracedResponse> responses =
                group.getSamples().stream().map(this::response).toList();
        return new ReadGroup(group, responses);
    }

    private TracedResponse response(TrainingSample sample) {
        try {
            int[] response = tokens(Packed.ints(sample.getResponseTokens()));
            return new TracedResponse(
                    tokens(Packed.ints(sample.getPromptTokens())),
                    response,
                    sample.getKeptTokens(),
                    Packed.ints(sample.getStepMap()),
                    Packed.floats(sample.getLogProbs()),
                    advantages(sample, response.length));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sample " + sample.getTrajectoryId() + ": " + e.getMessage(), e);
        }
    }

    /** Or process rewards, which become advantages later. */
    private static float[] advantages(TrainingSample sample, int length) {
        if (sample.getTokenRewards() != null) {
            return Packed.floats(sample.getTokenRewards());
        }
        return sample.getTokenAdvantages() == null
                ? TracedResponse.repeat((float) sample.getAdvantage(), length)
                : Packed.floats(sample.getTokenAdvantages());
    }

    private int[] tokens(int[] ids) {
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw new IllegalArgumentException("token " + id + " is not in [0, " + vocabulary + ")");
            }
        }
        return ids;
    }
}
