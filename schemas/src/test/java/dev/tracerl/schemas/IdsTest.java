package dev.tracerl.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.Purpose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdsTest {

    @ParameterizedTest
    @CsvSource({
        "TRAINING, 0, sudoku-t-000000",
        "TRAINING, 17, sudoku-t-000017",
        "EVALUATION, 999999, sudoku-e-999999",
        "EVALUATION, 1234567, sudoku-e-1234567"
    })
    void theNumberOfAGroupHasSixDigitsAtLeast(Purpose purpose, long sequence, String id) {
        // When
        String found = Ids.group("sudoku", purpose, sequence);

        // Then
        assertThat(found).isEqualTo(id);
        assertThat(Ids.sequence(found)).isEqualTo(sequence);
    }
}
