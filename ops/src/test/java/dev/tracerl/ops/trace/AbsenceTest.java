package dev.tracerl.ops.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.export.SampleLog;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AbsenceTest {

    private final RunSpec run =
            RunSpec.newBuilder(SampleLog.load().run()).setRunId("toy").build();

    @Test
    void aRunWithoutTrajectoriesSaysWhy() {
        assertThat(reason(List.of())).isEqualTo("run toy has no trajectories yet");

        run.setMethod(Method.SFT);

        assertThat(reason(List.of())).isEqualTo("run toy has no trajectories: it trains on demonstrations");
    }

    @Test
    void theGroupsThatThereAreAreNamed() {
        assertThat(reason(List.of("toy-t-000002", "toy-e-000000", "toy-t-000011", "toy-e-000001")))
                .isEqualTo("run toy has no trajectory toy-t-000099/0; it has those of toy-t-000002 to toy-t-000011"
                        + " and toy-e-000000 to toy-e-000001; add /0 for the first sample of a group");
        assertThat(reason(List.of("toy-t-000002")))
                .contains("it has those of toy-t-000002; add /0 for the first sample of a group");
    }

    @Test
    void aWarmUpHasThoseOfItsEvaluations() {
        run.setMethod(Method.SFT);

        assertThat(reason(List.of("toy-e-000000", "toy-e-000001")))
                .contains("it has those of toy-e-000000 to toy-e-000001, of evaluations alone, because it trains on"
                        + " demonstrations; add");
    }

    @Test
    void theSamplesOfTheGroupAreNamed() {
        assertThat(Absence.reason(
                        run, "toy-t-000002/9", new TreeSet<>(List.of("toy-t-000002")), new TreeSet<>(List.of(0, 1, 3))))
                .isEqualTo("run toy has no trajectory toy-t-000002/9; of that group it has samples 0, 1, 3");
    }

    private String reason(List<String> groups) {
        return Absence.reason(run, "toy-t-000099/0", new TreeSet<>(groups), new TreeSet<>());
    }
}
