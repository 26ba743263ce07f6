package dev.tracerl.reward.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Partition;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrajectoryCheckTest {

    private static final int TOKENS = 18;

    private final GroupingBench bench = new GroupingBench(Runs.run());
    private final RolloutRequest request = bench.training(0);

    @Test
    void aWellFormedTrajectoryPasses() {
        // Given
        Trajectory trajectory = Records.trajectory(request, 0, Records.RIGHT);

        // When
        Optional<String> problem = TrajectoryCheck.problem(request, trajectory);

        // Then
        assertThat(problem).isEmpty();
    }

    @Test
    void blocksOfAFullAttentionModelAreCountedFromTheResponse() {
        // Given: 18 tokens
        int blockSize = request.getSampler().getBlockSize();
        Trajectory trajectory = Records.trajectory(request, 0, Records.RIGHT);
        trajectory.setPartition(Partition.RESPONSE);
        trajectory.setBlockVersions(Packed.longs(new long[(TOKENS - 1) / blockSize + 1]));

        // When
        Optional<String> whole = TrajectoryCheck.problem(request, trajectory);
        trajectory.setBlockVersions(Packed.longs(new long[(TOKENS - 1) / blockSize]));
        Optional<String> missing = TrajectoryCheck.problem(request, trajectory);

        // Then
        assertThat(whole).isEmpty();
        assertThat(missing).hasValueSatisfying(text -> assertThat(text).contains("blockVersions has"));
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                defect(t -> t.setSamples(3), "samples is 3, the request says 2"),
                defect(t -> t.setTaskId("x/1"), "taskId is x/1, the request says toy-train/0"),
                defect(t -> t.setEvaluationId("x@1"), "evaluationId is x@1, the request says null"),
                defect(t -> t.setSegments(List.of()), "the last segment is not generated"),
                defect(t -> t.getSegments().remove(1), "the last segment is not generated"),
                defect(t -> t.getSegments().add(response(t)), "a generated segment is not the last one"),
                defect(t -> t.setBlockVersions(Packed.longs(new long[0])), "blockVersions has 0 entries for 5 blocks"),
                defect(t -> t.setBlockVersions(ByteBuffer.allocate(39)), "39 bytes are not a whole number"),
                defect(t -> t.setBlockVersions(Packed.longs(new long[] {1, 1, 1, 1, -1})), "version is negative"),
                defect(t -> response(t).setTokens(ByteBuffer.allocate(0)), "offsets has 18 entries for 0 tokens"),
                defect(t -> response(t).setTokens(Packed.ints(new int[] {-1})), "a token id is negative"),
                defect(t -> response(t).setStepMap(Packed.ints(new int[17])), "stepMap has 17 entries for 18 tokens"),
                defect(t -> response(t).setStepMap(Packed.ints(new int[TOKENS])), "a step of stepMap is below 1"),
                defect(t -> response(t).setLogProbs(Packed.floats(new float[1])), "logProbs has 1 entries"),
                defect(t -> response(t).setLogProbs(logProbs(Float.NaN)), "a log-probability is NaN"),
                defect(t -> response(t).setLogProbs(logProbs(Float.NEGATIVE_INFINITY)), "is -Infinity"),
                defect(t -> response(t).setOffsets(Packed.ints(new int[2])), "offsets has 2 entries for 18 tokens"),
                defect(t -> response(t).setText(""), "an offset is outside of the text's 0 characters"),
                defect(t -> response(t).setKeptTokens(19), "keptTokens is 19 of 18 tokens"),
                defect(t -> response(t).setKeptTokens(-1), "keptTokens is -1 of 18 tokens"),
                defect(t -> prompt(t).setStepMap(Packed.ints(new int[6])), "a given segment has a stepMap"),
                defect(t -> prompt(t).setLogProbs(Packed.floats(new float[6])), "a given segment has logProbs"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void aDefectIsNamed(Consumer<Trajectory> damage, String expected) {
        // Given
        Trajectory trajectory = Records.trajectory(request, 0, Records.RIGHT);
        damage.accept(trajectory);

        // When
        Optional<String> problem = TrajectoryCheck.problem(request, trajectory);

        // Then
        assertThat(problem).hasValueSatisfying(text -> assertThat(text).contains(expected));
    }

    static Stream<Arguments> packedFields() {
        return Stream.of(
                field(t -> response(t).getTokens(), (t, bytes) -> response(t).setTokens(bytes)),
                field(t -> response(t).getOffsets(), (t, bytes) -> response(t).setOffsets(bytes)),
                field(t -> response(t).getStepMap(), (t, bytes) -> response(t).setStepMap(bytes)),
                field(t -> response(t).getLogProbs(), (t, bytes) -> response(t).setLogProbs(bytes)),
                field(t -> prompt(t).getTokens(), (t, bytes) -> prompt(t).setTokens(bytes)),
                field(t -> prompt(t).getOffsets(), (t, bytes) -> prompt(t).setOffsets(bytes)),
                field(Trajectory::getBlockVersions, Trajectory::setBlockVersions));
    }

    @ParameterizedTest
    @MethodSource("packedFields")
    void everyTruncationOfAPackedFieldIsFound(
            Function<Trajectory, ByteBuffer> get, BiConsumer<Trajectory, ByteBuffer> set) {
        // Given
        Trajectory trajectory = Records.trajectory(request, 0, Records.RIGHT);
        ByteBuffer whole = get.apply(trajectory);

        for (int length = 0; length < whole.remaining(); length++) {
            // When
            set.accept(trajectory, whole.slice(0, length));

            // Then
            assertThat(TrajectoryCheck.problem(request, trajectory))
                    .as("%d bytes", length)
                    .isPresent();
        }
    }

    @Test
    void anEvaluationMustUseThePinnedVersion() {
        // Given
        RolloutRequest evaluation = bench.evaluation(0, 5);
        Trajectory trajectory = Records.trajectory(evaluation, 0, Records.RIGHT);
        trajectory.setBlockVersions(Packed.longs(new long[] {5, 5, 5, 5, 6}));

        // When
        Optional<String> problem = TrajectoryCheck.problem(evaluation, trajectory);

        // Then
        assertThat(problem).contains("malformed trajectory: sampled by version [5, 5, 5, 5, 6], but pinned to 5");
    }

    @Test
    void anIdThatContradictsItselfIsNamed() {
        // Given
        Trajectory trajectory = Records.trajectory(request, 0, Records.RIGHT);
        trajectory.setSample(1);

        // When
        Optional<String> problem = TrajectoryIdentity.problem(Runs.RUN, trajectory);

        // Then
        assertThat(problem).contains("trajectoryId is toy-t-000000/0, must be toy-t-000000/1");
    }

    @Test
    void aNegativeSampleIsNamed() {
        // Given
        Trajectory trajectory = Records.trajectory(request, 0, Records.RIGHT);
        trajectory.setSample(-1);

        // When
        Optional<String> problem = TrajectoryIdentity.problem(Runs.RUN, trajectory);

        // Then
        assertThat(problem).contains("sequence 0 or sample -1 is negative");
    }

    private static Arguments defect(Consumer<Trajectory> damage, String expected) {
        return Arguments.of(damage, expected);
    }

    private static Arguments field(Function<Trajectory, ByteBuffer> get, BiConsumer<Trajectory, ByteBuffer> set) {
        return Arguments.of(get, set);
    }

    private static Segment response(Trajectory trajectory) {
        return trajectory.getSegments().get(1);
    }

    private static Segment prompt(Trajectory trajectory) {
        return trajectory.getSegments().get(0);
    }

    private static ByteBuffer logProbs(float last) {
        float[] logProbs = new float[TOKENS];
        logProbs[TOKENS - 1] = last;
        return Packed.floats(logProbs);
    }
}
