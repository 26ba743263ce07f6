package dev.tracerl.rollout.completion;

import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.schemas.avro.SamplerSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param field that holds the prompts
 * @param prompts each is sampled as a group of its own
 * @param samples responses to every prompt
 * @param sampler complete settings; must not be written any more
 * @param seed with prompt and settings it determines what is drawn
 * @param version of the policy; absent for the newest
 */
public record CompletionRequest(
        String field,
        List<Prompt> prompts,
        int samples,
        SamplerSpec sampler,
        long seed,
        @Nullable Long version,
        Answer answer) {

    /**
     * What of the responses is wanted.
     *
     * @param maxTokens most tokens of a response; a full-attention model may generate more, up to a whole block
     * @param stop texts that end a response and are not part of it
     * @param stream whether every block is to be told of
     * @param logProbs whether tokens are to be told of one by one
     */
    public record Answer(int maxTokens, List<String> stop, boolean stream, boolean logProbs) {}
}
