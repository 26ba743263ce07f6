package dev.tracerl.rollout.completion;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.StopRule;
import dev.tracerl.model.network.Attention;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.sampling.Samplers;
import dev.tracerl.model.text.ChatTemplate;
import dev.tracerl.rollout.group.Positions;
import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.rollout.group.SamplerSpecs;
import dev.tracerl.rollout.run.RunSetup;
import dev.tracerl.schemas.avro.EarlyStop;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * From what a client sent to what this run's model can sample. Used on the thread of completions.
 *
 * @param mostSamples responses to one prompt that a request may ask for
 * @param mostPrompts that may be in progress, of one request or of all
 */
public record CompletionDoor(RunSetup setup, int mostSamples, int mostPrompts) {

    public RunSpec run() {
        return setup.run();
    }

    public ModelConfig model() {
        return setup.model();
    }

    /** A copy of the settings that count where a client says nothing: those of the first evaluation, or of training. */
    public SamplerSpec defaults() {
        SamplerSpec spec = run().getEvaluation().isEmpty()
                ? run().getSampler()
                : run().getEvaluation().get(0).getSampler();
        return SamplerSpec.newBuilder(spec).build();
    }

    /** The largest value of a setting among the run's own samplers. */
    public int largest(ToIntFunction<SamplerSpec> setting) {
        return Stream.concat(
                        Stream.of(run().getSampler()),
                        run().getEvaluation().stream().map(EvaluationPlan::getSampler))
                .mapToInt(setting)
                .max()
                .orElseThrow();
    }

    /** Refuses a request that could never begin; called before its prompts are encoded. */
    public void requirePrompts(String param, int prompts) {
        if (prompts > mostPrompts) {
            throw refused(param, prompts + " prompts in one request, at most " + mostPrompts + " may be in progress");
        }
    }

    /** A text without template. */
    public Prompt text(String param, String text) {
        return prompt(param, () -> setup.encode(text));
    }

    /** A conversation in the run's chat template. */
    public Prompt conversation(String param, List<ChatTemplate.Turn> turns) {
        return prompt(param, () -> setup.conversation(turns));
    }

    /** Tokens as they are. */
    public Prompt tokens(String param, int[] tokens) {
        int positions = model().maxPositions();
        if (tokens.length > positions) {
            throw new RefusedException(Problem.tooLong(
                    param, "the prompt has " + tokens.length + " tokens, the model " + positions + " positions"));
        }
        int size = model().vocabSize();
        Arrays.stream(tokens).filter(id -> id < 0 || id >= size).findFirst().ifPresent(id -> {
            throw refused(param, "prompt token " + id + " is not in 0.." + (size - 1));
        });
        return prompt(param, () -> new Prompt("", tokens, new int[tokens.length]));
    }

    private static Prompt prompt(String param, Supplier<Prompt> source) {
        Prompt prompt;
        try {
            prompt = source.get();
        } catch (IllegalArgumentException e) {
            throw refused(param, String.valueOf(e.getMessage()));
        }
        if (prompt.tokens().length == 0) {
            throw refused(param, "the prompt has no tokens");
        }
        return prompt;
    }

    /** Most tokens to generate for so many that are wanted: full attention generates whole blocks. */
    public int generated(int maxTokens, int blockSize) {
        return fullAttention() ? (maxTokens + blockSize - 1) / blockSize * blockSize : maxTokens;
    }

    /** Whether the blocks of unfinished responses are of interest: full attention may go on after the text has ended. */
    boolean follows(CompletionRequest request) {
        return request.answer().stream() || !request.answer().stop().isEmpty() || fullAttention();
    }

    /** Where a request's responses end, and how they become text. */
    TextRules rules(CompletionRequest request) {
        Set<Integer> ends = new HashSet<>(model().stopTokenIds());
        if (fullAttention() && request.sampler().getEarlyStop() == EarlyStop.PAD_BLOCK) {
            ends.add(model().padTokenId());
        }
        CompletionRequest.Answer answer = request.answer();
        return new TextRules(setup.codec(), new StopRule(ends, answer.maxTokens()), answer.stop(), answer.logProbs());
    }

    private boolean fullAttention() {
        return model().attention() == Attention.FULL;
    }

    /**
     * The sampler of a request.
     *
     * @throws RefusedException if its prompts cannot be sampled
     */
    SamplerSettings check(CompletionRequest request) {
        SamplerSettings settings;
        try {
            settings = SamplerSpecs.settings(request.sampler());
            Samplers.check(model(), settings);
        } catch (IllegalArgumentException e) {
            throw refused("tracerl", String.valueOf(e.getMessage()));
        }
        try {
            request.prompts().forEach(prompt -> Positions.requireFit(model(), prompt, settings));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    Problem.tooLong(request.field(), e.getMessage() + "; lower max_tokens or shorten it"));
        }
        return settings;
    }

    private static RefusedException refused(String param, String message) {
        return new RefusedException(Problem.invalid(param, message));
    }
}
