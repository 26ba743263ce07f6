package dev.tracerl.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupReaderTest {

    private final GroupReader reader = new GroupReader("run", TestRuns.MODEL.vocabSize());

    @Test
    void everySampleBecomesAnExampleWithItsAdvantage() {
        // Given
        TrainingGroup group = TestRecords.group("run", 0, 0);

        // When
        List<Example> examples = reader.read(group).pack(packer(LossNormalization.TARGETS));

        // Then
        assertThat(examples).extracting(Example::id).containsExactly("run-t-000000/0", "run-t-000000/1");
        assertThat(examples.get(0).packed().advantages()).containsOnly(-1f);
        assertThat(examples.get(1).packed().advantages()).containsOnly(1f);
        assertThat(examples.get(0).packed().oldLogProbs()).containsOnly(-2.5f);
    }

    @Test
    void tokenAdvantagesReplaceTheResponsesAdvantage() {
        // Given
        TrainingGroup group = TestRecords.group("run", 0, 0);
        group.getSamples().get(0).setTokenAdvantages(Packed.floats(new float[] {1, 2, 3, 4}));

        // When
        Example example =
                reader.read(group).pack(packer(LossNormalization.TARGETS)).get(0);

        // Then
        assertThat(example.packed().advantages()).containsExactlyInAnyOrder(1f, 2f, 3f, 4f);
    }

    @Test
    void responseLengthWeighsEveryTokenAlike() {
        assertThat(weights(0, LossNormalization.RESPONSE_LENGTH)).hasSize(4).containsOnly(1 / 8f);
        assertThat(weights(1, LossNormalization.RESPONSE_LENGTH)).hasSize(8).containsOnly(1 / 8f);
    }

    @Test
    void targetsWeighsEveryResponseAlike() {
        assertThat(weights(0, LossNormalization.TARGETS)).hasSize(4).containsOnly(1 / 4f);
        assertThat(weights(1, LossNormalization.TARGETS)).hasSize(8).containsOnly(1 / 8f);
    }

    @Test
    void stepsWeighsEveryStepAlike() {
        // Given
        TrainingGroup group = TestRecords.group("run", 0, 0);
        group.getSamples().get(0).setStepMap(Packed.ints(new int[] {1, 1, 1, 2}));

        // When
        float[] weights = reader.read(group)
                .pack(packer(LossNormalization.STEPS))
                .get(0)
                .packed()
                .weights();

        // Then
        assertThat(weights).containsExactly(1 / 6f, 1 / 6f, 1 / 6f, 1 / 2f);
    }

    @Test
    void tokensThatAreNotKeptAreNoTargets() {
        // Given
        TrainingGroup group = TestRecords.group("run", 0, 0);
        group.getSamples().get(0).setKeptTokens(3);

        // When
        Example example =
                reader.read(group).pack(packer(LossNormalization.TARGETS)).get(0);

        // Then
        assertThat(example.packed().targets()).hasSize(3);
    }

    @Test
    void arraysOfDifferentLengthAreRefused() {
        // Given
        TrainingGroup group = TestRecords.group("run", 0, 0);
        group.getSamples().get(1).setLogProbs(Packed.floats(new float[] {-1}));

        // Then
        assertThatThrownBy(() -> reader.read(group))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("sample run-t-000000/1: logProbs has 1 entries");
    }

    @Test
    void tokensOutsideTheVocabularyAreRefused() {
        // Given
        TrainingGroup group = TestRecords.group("run", 0, 0);
        group.getSamples().get(0).setPromptTokens(Packed.ints(new int[] {0, 14}));

        // Then
        assertThatThrownBy(() -> reader.read(group)).hasMessageContaining("token 14 is not in [0, 14)");
    }

    @Test
    void logProbsThatAreNoNumbersAreRefused() {
        // Given
        TrainingGroup group = TestRecords.group("run", 0, 0);
        group.getSamples().get(0).setLogProbs(Packed.floats(new float[] {-1, Float.NaN, -1, -1}));

        // Then
        assertThatThrownBy(() -> reader.read(group)).hasMessageContaining("logProbs[1] is NaN");
    }

    @Test
    void groupsOfOtherRunsAreRefused() {
        assertThatThrownBy(() -> reader.read(TestRecords.group("other", 0, 0)))
                .hasMessage("the group belongs to run other");
    }

    private float[] weights(long sequence, LossNormalization normalization) {
        return reader.read(TestRecords.group("run", sequence, 0))
                .pack(packer(normalization))
                .get(0)
                .packed()
                .weights();
    }

    private static ResponsePacker packer(LossNormalization normalization) {
        return ResponsePacker.trace(new PackSettings(4, 1, TestRuns.MODEL.maskTokenId(), normalization, 8));
    }
}
