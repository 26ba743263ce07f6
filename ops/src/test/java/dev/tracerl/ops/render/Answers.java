package dev.tracerl.ops.render;

import dev.tracerl.model.text.ToyTokenizer;
import dev.tracerl.ops.trace.TokenNames;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Unmasking;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Trajectories for tests: one token per character, all with the number 0, then an end of text. */
public final class Answers {

    private static final String DIGITS = "0123456789";

    /** Of a tokenizer that has the end of text. */
    public static final TokenNames NAMES = TokenNames.of(ToyTokenizer.characters(DIGITS));

    private Answers() {}

    /** @param steps denoising step of each character and of the end of text */
    public static Trajectory of(String prompt, String answer, int... steps) {
        return Trajectory.newBuilder()
                .setTrajectoryId("run-e-000003/0")
                .setGroupId("run-e-000003")
                .setRunId("run")
                .setSequence(3)
                .setSample(0)
                .setSamples(1)
                .setPurpose(Purpose.EVALUATION)
                .setTaskId("sudoku-test/3")
                .setEpoch(0)
                .setSampler(SamplerSpec.newBuilder()
                        .setBlockSize(4)
                        .setStepsPerBlock(4)
                        .setUnmasking(Unmasking.STATIC)
                        .setMaxTokens(20)
                        .build())
                .setSegments(List.of(
                        segment("user", prompt, new int[0], prompt.length()),
                        segment("assistant", answer, steps, answer.length() + 1)))
                .setBlockVersions(ByteBuffer.allocate(0))
                .setForwards(1)
                .setStopReason(StopReason.END_OF_TEXT)
                .setWorker("test")
                .setQueuedMillis(0)
                .setSamplingMillis(0)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    private static Segment segment(String role, String text, int[] steps, int tokens) {
        return Segment.newBuilder()
                .setRole(role)
                .setGenerated(steps.length > 0)
                .setText(text)
                .setTokens(Packed.ints(IntStream.range(0, tokens)
                        .map(token -> token < text.length() ? 0 : ToyTokenizer.endOfText(DIGITS))
                        .toArray()))
                .setOffsets(Packed.ints(IntStream.range(0, tokens).toArray()))
                .setStepMap(Packed.ints(steps))
                .setLogProbs(ByteBuffer.allocate(0))
                .setKeptTokens(tokens)
                .build();
    }
}
