package dev.tracerl.ops.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.Trajectory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemonstrationMakerTest {

    private static final int END_OF_TEXT = 10;

    private final RunSpec run = RunFile.read(Path.of("..", "runs", "sudoku.yaml"), documents -> {})
            .get(0)
            .spec();
    private final Task task = new TaskMaker()
            .make(new TaskSource("train", TaskSource.Kind.SUDOKU, TaskSource.Origin.GENERATED, 1, 5, 8, 8))
            .get(0);

    @Test
    void anAnswerEndsWithOneEndOfText() {
        // Given
        try (DemonstrationMaker maker = new DemonstrationMaker(run)) {

            // When
            Trajectory demonstration = maker.make(task);

            // Then
            Segment answer = demonstration.getSegments().get(1);
            int[] tokens = Packed.ints(answer.getTokens());
            assertThat(tokens).hasSize(17).endsWith(END_OF_TEXT).containsOnlyOnce(END_OF_TEXT);
            assertThat(answer.getKeptTokens()).isEqualTo(17);
            assertThat(answer.getGenerated()).isTrue();
            assertThat(answer.getText()).isEqualTo(task.getReference());
            assertThat(answer.getStepMap().remaining()).isZero();
            assertThat(answer.getLogProbs().remaining()).isZero();
        }
    }

    @Test
    void thePromptIsGivenAndTokenizedCharacterByCharacter() {
        // Given
        try (DemonstrationMaker maker = new DemonstrationMaker(run)) {

            // When
            Trajectory demonstration = maker.make(task);

            // Then
            Segment prompt = demonstration.getSegments().get(0);
            int[] digits = task.getPrompt().chars().map(c -> c - '0').toArray();
            assertThat(prompt.getGenerated()).isFalse();
            assertThat(Packed.ints(prompt.getTokens())).isEqualTo(digits);
        }
    }

    @Test
    void aTaskWithoutReferenceAnswerCannotBeImitated() {
        // Given
        Task without = Task.newBuilder(task).setReference(null).build();
        try (DemonstrationMaker maker = new DemonstrationMaker(run)) {

            // When // Then
            assertThatThrownBy(() -> maker.make(without)).hasMessageContaining("no reference answer");
        }
    }
}
