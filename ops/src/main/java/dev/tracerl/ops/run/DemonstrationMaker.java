package dev.tracerl.ops.run;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.text.ChatTemplate;
import dev.tracerl.model.text.Encoding;
import dev.tracerl.model.text.TextCodec;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.Trajectory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Makes demonstrations: a task's prompt and its reference answer as a trajectory without trace and log-probabilities.
 * The answer ends with an end of text, which counts; the trainer fills it up as the model's family wants it.
 */
final class DemonstrationMaker implements AutoCloseable {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final RunSpec run;
    private final ModelConfig config;
    private final ChatTemplate template;
    private final TextCodec codec;

    DemonstrationMaker(RunSpec run) {
        this.run = run;
        this.config = ModelConfig.fromJson(run.getModel().getConfig());
        this.template = ChatTemplate.byName(run.getModel().getChatTemplate());
        this.codec = TextCodec.fromJson(run.getModel().getTokenizer());
    }

    /** @throws IllegalArgumentException if the task has no reference answer */
    Trajectory make(Task task) {
        if (task.getReference() == null) {
            throw new IllegalArgumentException("task " + task.getTaskId() + " has no reference answer to imitate");
        }
        Segment prompt = prompt(template.render(task.getPrompt()));
        return Trajectory.newBuilder()
                .setTrajectoryId(Ids.trajectory(task.getTaskId(), 0))
                .setGroupId(task.getTaskId())
                .setRunId(run.getRunId())
                .setSequence(task.getIndex())
                .setSample(0)
                .setSamples(1)
                .setPurpose(Purpose.TRAINING)
                .setTaskId(task.getTaskId())
                .setEpoch(0)
                .setSampler(run.getSampler())
                .setSegments(List.of(prompt, answer(task.getReference())))
                .setBlockVersions(NONE)
                .setForwards(0)
                .setStopReason(StopReason.END_OF_TEXT)
                .setWorker("tracerl")
                .setQueuedMillis(0)
                .setSamplingMillis(0)
                .setCreatedAt(run.getCreatedAt())
                .build();
    }

    private Segment prompt(String text) {
        Encoding encoding = codec.encode(text);
        return segment("user", false, text, encoding.ids(), encoding.offsets(), encoding.ids().length);
    }

    private Segment answer(String text) {
        Encoding encoding = codec.encode(text);
        int kept = encoding.ids().length + 1;
        int[] tokens = Arrays.copyOf(encoding.ids(), kept);
        int[] offsets = Arrays.copyOf(encoding.offsets(), kept);
        tokens[kept - 1] = config.eosTokenId();
        offsets[kept - 1] = text.length();
        return segment("assistant", true, text, tokens, offsets, kept);
    }

    private static Segment segment(String role, boolean generated, String text, int[] tokens, int[] offsets, int kept) {
        return Segment.newBuilder()
                .setRole(role)
                .setGenerated(generated)
                .setText(text)
                .setTokens(Packed.ints(tokens))
                .setOffsets(Packed.ints(offsets))
                .setStepMap(NONE)
                .setLogProbs(NONE)
                .setKeptTokens(kept)
                .build();
    }

    @Override
    public void close() {
        codec.close();
    }
}
