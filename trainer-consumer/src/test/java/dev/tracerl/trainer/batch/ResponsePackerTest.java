package dev.tracerl.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.MaskRange;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsePackerTest {

    private static final PackSettings SETTINGS =
            new PackSettings(4, 1, TestRuns.MODEL.maskTokenId(), LossNormalization.TARGETS, 8);

    private final ReadGroup group =
            new GroupReader("run", TestRuns.MODEL.vocabSize()).read(TestRecords.group("run", 1, 0));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void masksFollowFromSeedGroupAndSampleAlone(boolean coupled) {
        // Given
        ResponsePacker packer = packer(coupled, 3);
        int[] first = packer.pack(group.responses().get(0), "a", 0).tokens();

        // Then
        assertThat(packer(coupled, 3).pack(group.responses().get(0), "a", 0).tokens())
                .isEqualTo(first);
        assertThat(others(packer)).anySatisfy(tokens -> assertThat(tokens).isNotEqualTo(first));
    }

    @Test
    void coupledMasksTargetEveryTokenOnce() {
        // When
        List<Example> examples = group.pack(packer(true, 3));

        // Then
        assertThat(examples)
                .allSatisfy(example ->
                        assertThat(labelPositions(example.packed())).containsExactly(4, 5, 6, 7, 8, 9, 10, 11));
    }

    @Test
    void randomMasksKeepAdvantagesAndRecordedLogProbabilities() {
        // When
        PackedExample packed = group.pack(packer(false, 3)).get(1).packed();

        // Then
        assertThat(packed.advantages()).isNotEmpty().containsOnly(1f);
        assertThat(packed.oldLogProbs()).containsOnly(-2.5f);
    }

    private List<int[]> others(ResponsePacker packer) {
        return IntStream.range(1, 6)
                .mapToObj(sample ->
                        packer.pack(group.responses().get(0), "a", sample).tokens())
                .toList();
    }

    private static int[] labelPositions(PackedExample packed) {
        return IntStream.of(packed.targets())
                .map(row -> packed.positions()[row])
                .sorted()
                .toArray();
    }

    private static ResponsePacker packer(boolean coupled, long seed) {
        return new ResponsePacker(SETTINGS, new ResponsePacker.Random(new MaskRange(1, 0.5, 0.5), coupled), seed);
    }
}
