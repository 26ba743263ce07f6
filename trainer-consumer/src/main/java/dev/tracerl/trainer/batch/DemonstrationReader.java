package dev.tracerl.trainer.batch;

import dev.tracerl.core.pack.Demonstration;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.stream.IntStream;

/**
 * Unpacks demonstrations and checks them.
 *
 * @param vocabulary number of tokens
 * @param positions most tokens of prompt and response
 * @param settings layout; responses are filled up to where a sampled one would end
 * @param filler token that fills
 */
public record DemonstrationReader(int vocabulary, int positions, PackSettings settings, int filler) {

    /**
     * The given segments as the prompt, the last, generated one as the response.
     *
     * @throws IllegalArgumentException if the trajectory is malformed, with the reason
     */
    public Demonstration read(Trajectory trajectory) {
        int segments = trajectory.getSegments().size();
        if (segments == 0 || !trajectory.getSegments().get(segments - 1).getGenerated()) {
            throw new IllegalArgumentException("the last segment of a demonstration must be the generated one");
        }
        int[] prompt = trajectory.getSegments().subList(0, segments - 1).stream()
                .flatMapToInt(segment -> IntStream.of(tokens(segment)))
                .toArray();
        Segment answer = trajectory.getSegments().get(segments - 1);
        int[] steps = Packed.ints(answer.getStepMap());
        Demonstration read =
                new Demonstration(prompt, tokens(answer), answer.getKeptTokens(), steps).filled(settings, filler);
        requireFits(read);
        return read;
    }

    private void requireFits(Demonstration demonstration) {
        int response = demonstration.response().length;
        if (settings.layout().full() && response > settings.responseLength()) {
            throw new IllegalArgumentException("the response has " + response + " tokens, the run's limit is "
                    + settings.responseLength() + "; raise sampler.maxTokens or leave it out");
        }
        int all = demonstration.prompt().length + response;
        if (all > positions) {
            throw new IllegalArgumentException("prompt and response need " + all + " positions, the model has "
                    + positions + "; leave it out or take a model with more");
        }
    }

    private int[] tokens(Segment segment) {
        int[] ids = Packed.ints(segment.getTokens());
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw new IllegalArgumentException("token " + id + " is not in [0, " + vocabulary + ")");
            }
        }
        return ids;
    }
}
