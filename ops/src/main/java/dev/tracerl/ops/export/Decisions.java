package dev.tracerl.ops.export;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about the samples of a run, without their tokens. It lives on disk, so that memory does not grow
 * with the log. Not thread-safe.
 */
final class Decisions implements AutoCloseable {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final SampleNumbers numbers;
    private final SpillMap outcomes;
    private final SpillMap verdicts;
    private final SpillMap trained;

    /** No decisions yet; the files are made in a folder and vanish at the end. */
    Decisions(SampleNumbers numbers, Path folder) {
        this.numbers = numbers;
        this.outcomes = new SpillMap(folder.resolve("outcomes.spill"));
        this.verdicts = new SpillMap(folder.resolve("verdicts.spill"));
        this.trained = new SpillMap(folder.resolve("trained.spill"));
    }

    void add(GroupOutcome outcome) {
        outcomes.put(
                numbers.group(outcome.getPurpose(), outcome.getSequence()), bytes(GroupOutcome.getEncoder(), outcome));
    }

    void add(Verdict verdict) {
        if (numbers.holds(verdict.getSample())) {
            long group = numbers.group(verdict.getPurpose(), Ids.sequence(verdict.getGroupId()));
            verdicts.put(numbers.sample(group, verdict.getSample()), bytes(Verdict.getEncoder(), verdict));
        }
    }

    void add(TrainingGroup closed) {
        long group = numbers.group(Purpose.TRAINING, closed.getSequence());
        for (TrainingSample sample : closed.getSamples()) {
            if (numbers.holds(sample.getSample())) {
                trained.put(
                        numbers.sample(group, sample.getSample()),
                        bytes(TrainingSample.getEncoder(), withoutTokens(sample)));
            }
        }
    }

    private static TrainingSample withoutTokens(TrainingSample sample) {
        return TrainingSample.newBuilder(sample)
                .setPromptTokens(NONE)
                .setResponseTokens(NONE)
                .setStepMap(NONE)
                .setLogProbs(NONE)
                .setBlockVersions(NONE)
                .build();
    }

    /** Whether a group has ended. */
    boolean hasEnded(Trajectory trajectory) {
        return outcomes.get(numbers.group(trajectory.getPurpose(), trajectory.getSequence()))
                .isPresent();
    }

    /** What is known of a trajectory whose group has ended; nothing if it is none of the group's samples. */
    Optional<Facts> of(Trajectory trajectory) {
        long group = numbers.group(trajectory.getPurpose(), trajectory.getSequence());
        GroupOutcome outcome = outcomes.get(group)
                .map(bytes -> read(GroupOutcome.getDecoder(), bytes))
                .orElseThrow();
        long number = numbers.sample(trajectory);
        return outcome.getSamples().stream()
                .filter(ended -> ended.getSample() == trajectory.getSample())
                .findFirst()
                .map(ended -> new Facts(outcome, ended, verdict(number), trained(number)));
    }

    private @Nullable Verdict verdict(long number) {
        return verdicts.get(number)
                .map(bytes -> read(Verdict.getDecoder(), bytes))
                .orElse(null);
    }

    private @Nullable TrainingSample trained(long number) {
        return trained.get(number)
                .map(bytes -> read(TrainingSample.getDecoder(), bytes))
                .orElse(null);
    }

    private static <V> ByteBuffer bytes(BinaryMessageEncoder<V> encoder, V value) {
        try {
            return encoder.encode(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <V> V read(BinaryMessageDecoder<V> decoder, ByteBuffer bytes) {
        try {
            return decoder.decode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        trained.close();
        verdicts.close();
        outcomes.close();
    }
}
