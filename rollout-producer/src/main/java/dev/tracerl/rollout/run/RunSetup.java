package dev.tracerl.rollout.run;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.sampling.Samplers;
import dev.tracerl.model.text.ChatTemplate;
import dev.tracerl.model.text.Decoding;
import dev.tracerl.model.text.Encoding;
import dev.tracerl.model.text.TextCodec;
import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.rollout.group.SamplerSpecs;
import dev.tracerl.rollout.out.ResponseText;
import dev.tracerl.schemas.avro.CacheRule;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.ModelSpec;
import dev.tracerl.schemas.avro.Partition;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The model side of a run: shape of the network, tokenizer and chat template.
 *
 * @param codec owned by this record
 */
public record RunSetup(RunSpec run, ModelConfig model, TextCodec codec, ChatTemplate template)
        implements AutoCloseable {

    /**
     * Builds what a run asks for.
     *
     * @throws UnsupportedRunException naming everything that this service cannot do
     */
    public static RunSetup of(RunSpec run) {
        List<String> problems = problems(run);
        if (!problems.isEmpty()) {
            throw new UnsupportedRunException("rollout-producer refuses the run: " + String.join("; ", problems));
        }
        ModelSpec model = run.getModel();
        try {
            ModelConfig config = ModelConfig.fromJson(model.getConfig());
            check(run, config);
            ChatTemplate template = ChatTemplate.byName(model.getChatTemplate());
            TextCodec codec = TextCodec.fromJson(tokenizer(model));
            template.check(codec);
            return new RunSetup(run, config, codec, template);
        } catch (RuntimeException e) {
            throw new UnsupportedRunException("rollout-producer refuses the run: " + e.getMessage(), e);
        }
    }

    private static List<String> problems(RunSpec run) {
        List<String> problems = new ArrayList<>();
        if (run.getMethod() == Method.UNKNOWN) {
            problems.add("its method is not known to this version");
        }
        check(problems, "sampler", run.getSampler());
        for (EvaluationPlan plan : run.getEvaluation()) {
            check(problems, "sampler of evaluation " + plan.getSet(), plan.getSampler());
        }
        return problems;
    }

    private static void check(List<String> problems, String name, SamplerSpec sampler) {
        if (sampler.getCacheRule() != CacheRule.KEEP) {
            problems.add(name + ": cacheRule " + sampler.getCacheRule() + " is not supported, use KEEP");
        }
        try {
            SamplerSpecs.settings(sampler);
        } catch (IllegalArgumentException e) {
            problems.add(name + ": " + e.getMessage());
        }
    }

    private static void check(RunSpec run, ModelConfig model) {
        check("sampler", run.getSampler(), model);
        for (EvaluationPlan plan : run.getEvaluation()) {
            check("sampler of evaluation " + plan.getSet(), plan.getSampler(), model);
        }
    }

    private static void check(String name, SamplerSpec sampler, ModelConfig model) {
        try {
            Samplers.check(model, SamplerSpecs.settings(sampler));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static String tokenizer(ModelSpec model) {
        if (!model.getTokenizer().isEmpty()) {
            return model.getTokenizer();
        }
        String folder = model.getInitial().getPath();
        if (folder == null) {
            throw new IllegalArgumentException("the run has no tokenizer and no checkpoint to take one from");
        }
        Path file = Path.of(folder, "tokenizer.json");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the tokenizer cannot be read from " + file + "; put its text into the run", e);
        }
    }

    /** Type of the model's matrix products. */
    public Precision precision() {
        return Precision.valueOf(run.getModel().getCompute().name());
    }

    /**
     * A task's prompt as the model sees it.
     *
     * @throws IllegalArgumentException if the tokenizer cannot represent it
     */
    public Prompt prompt(String taskPrompt) {
        return encode(template.render(taskPrompt));
    }

    /**
     * The prompt for the assistant's next turn of a conversation.
     *
     * @throws IllegalArgumentException if the template has no place for it, or the tokenizer cannot represent it
     */
    public Prompt conversation(List<ChatTemplate.Turn> turns) {
        return encode(template.render(turns));
    }

    /**
     * A text as it is, without the chat template.
     *
     * @throws IllegalArgumentException if the tokenizer cannot represent it
     */
    public Prompt encode(String text) {
        Encoding encoding = codec.encode(text);
        return new Prompt(text, encoding.ids(), encoding.offsets());
    }

    /** Where the blocks of a response begin. */
    public Partition partition() {
        return switch (model.attention()) {
            case BLOCK -> Partition.ABSOLUTE;
            case FULL -> Partition.RESPONSE;
        };
    }

    /** The text of response tokens. */
    public ResponseText text(int[] tokens) {
        Decoding decoding = codec.decodeWithOffsets(tokens);
        return new ResponseText(decoding.text(), decoding.offsets());
    }

    @Override
    public void close() {
        codec.close();
    }
}
