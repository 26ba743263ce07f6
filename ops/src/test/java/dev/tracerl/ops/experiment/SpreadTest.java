package dev.tracerl.ops.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void meanSampleDeviationAndRange() {
        // When
        Spread spread = Spread.of(List.of(2.0, 4.0, 6.0));

        // Then
        assertThat(spread.mean()).isEqualTo(4);
        assertThat(spread.deviation()).isCloseTo(2, within(1e-12));
        assertThat(spread.low()).isEqualTo(2);
        assertThat(spread.high()).isEqualTo(6);
    }

    @Test
    void oneValueHasNoDeviation() {
        assertThat(Spread.of(List.of(0.5))).isEqualTo(new Spread(0.5, 0, 0.5, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }
}
