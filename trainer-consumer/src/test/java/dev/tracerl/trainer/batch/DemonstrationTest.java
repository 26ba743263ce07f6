package dev.tracerl.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.Demonstration;
import dev.tracerl.core.pack.Layout;
import dev.tracerl.core.pack.MaskRange;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemonstrationTest {

    private static final PackSettings SETTINGS =
            new PackSettings(4, 1, TestRuns.MODEL.maskTokenId(), LossNormalization.TARGETS, 8);

    private final DemonstrationReader reader = new DemonstrationReader(
            TestRuns.MODEL.vocabSize(), TestRuns.MODEL.maxPositions(), SETTINGS, TestRecords.END);

    @Test
    void theGeneratedSegmentIsTheResponse() {
        // When
        Demonstration demonstration = reader.read(TestRecords.demonstration("run", 7));

        // Then
        assertThat(demonstration.prompt()).containsExactly(7, 10, 10, 10);
        assertThat(demonstration.response()).containsExactly(7, 7, 7, 7, 11, 11, 11, 11);
        assertThat(demonstration.keptTokens()).isEqualTo(5);
    }

    @Test
    void theLastBlockIsFilled() {
        // Given
        Trajectory trajectory = TestRecords.demonstration("run", 7);
        Segment answer = trajectory.getSegments().get(1);
        answer.setTokens(Packed.ints(new int[] {7, 7, 7, 7, TestRecords.END}));

        // When
        Demonstration demonstration = reader.read(trajectory);

        // Then
        assertThat(demonstration.response()).containsExactly(7, 7, 7, 7, 11, 11, 11, 11);
        assertThat(demonstration.keptTokens()).isEqualTo(5);
    }

    @Test
    void aDemonstrationWithoutAResponseIsRefused() {
        // Given
        Trajectory trajectory = TestRecords.demonstration("run", 7);
        trajectory.setSegments(List.of(trajectory.getSegments().get(0)));

        // Then
        assertThatThrownBy(() -> reader.read(trajectory))
                .hasMessage("the last segment of a demonstration must be the generated one");
    }

    @Test
    void aTraceShowsEveryKeptTokenOnce() {
        // When
        PackedExample example = pack(new DemonstrationPacker.RandomOrder(2), 0, 0);

        // Then
        assertThat(example.labels()).containsExactlyInAnyOrder(7, 7, 7, 7, 11);
        assertThat(example.advantages()).containsOnly(1f);
    }

    @Test
    void aRecordedTraceIsFollowed() {
        // Given
        Trajectory trajectory = TestRecords.demonstration("run", 7);
        trajectory.getSegments().get(1).setStepMap(Packed.ints(new int[] {2, 1, 2, 1, 3, 4, 4, 4}));
        DemonstrationPacker packer = new DemonstrationPacker(SETTINGS, new DemonstrationPacker.RandomOrder(2), 7);

        // When
        PackedExample example = packer.pack(reader.read(trajectory), 0, 0);

        // Then
        int mask = SETTINGS.maskToken();
        assertThat(Arrays.copyOfRange(example.tokens(), example.cleanLength(), example.rows()))
                .containsExactly(mask, mask, mask, mask, mask, 7, mask, 7, mask, mask, mask, mask);
        assertThat(example.targets()).containsExactly(9, 11, 12, 14, 16);
    }

    @Test
    void withFullAttentionTheResponseIsFilledToTheLongestOne() {
        // Given
        Trajectory trajectory = TestRecords.demonstration("run", 7);
        Segment answer = trajectory.getSegments().get(1);
        answer.setTokens(Packed.ints(new int[] {7, 7, 7, 7, TestRecords.END}));
        int padding = TestRuns.MODEL.padTokenId();
        PackSettings full = SETTINGS.withLayout(Layout.FULL);

        // When
        Demonstration demonstration = new DemonstrationReader(
                        TestRuns.MODEL.vocabSize(), TestRuns.MODEL.maxPositions(), full, padding)
                .read(trajectory);
        PackedExample example = new DemonstrationPacker(
                        full, new DemonstrationPacker.SemiAutoregressive(new MaskRange(1, 1, 1)), 7)
                .pack(demonstration, 0, 0);

        // Then
        assertThat(demonstration.response()).containsExactly(7, 7, 7, 7, 11, padding, padding, padding);
        assertThat(example.cleanLength()).isZero();
        assertThat(example.rows()).isEqualTo(2 * 12);
        assertThat(example.labels()).containsExactly(7, 7, 7, 7, 11);
    }

    @Test
    void masksDependOnEpochAndIndexOnly() {
        // Given
        DemonstrationPacker.Order order = new DemonstrationPacker.RandomMasks(new MaskRange(1, 0.1, 0.9));

        // Then
        assertThat(pack(order, 3, 5).tokens()).isEqualTo(pack(order, 3, 5).tokens());
        assertThat(List.of(
                        pack(order, 3, 6).tokens(),
                        pack(order, 4, 5).tokens(),
                        pack(order, 5, 5).tokens()))
                .anySatisfy(tokens ->
                        assertThat(tokens).isNotEqualTo(pack(order, 3, 5).tokens()));
    }

    private PackedExample pack(DemonstrationPacker.Order order, int epoch, int index) {
        DemonstrationPacker packer = new DemonstrationPacker(SETTINGS, order, 7);
        return packer.pack(reader.read(TestRecords.demonstration("run", 7)), epoch, index);
    }
}
