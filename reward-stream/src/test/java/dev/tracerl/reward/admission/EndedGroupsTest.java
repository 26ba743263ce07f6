package dev.tracerl.reward.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.state.EndedGroup;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EndedGroupsTest {

    private final AdmissionBench bench = new AdmissionBench(Runs.run());

    @Test
    void howAGroupEndedIsKeptWithWhenItWasRequested() {
        // Given
        bench.published(0);
        RolloutRequest request = bench.training().get(0);

        // When
        bench.end(request, Outcome.EXPIRED);

        // Then
        EndedGroup ended = bench.ended.find(request.getGroupId()).orElseThrow();
        assertThat(ended.getOutcome().getOutcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(ended.getRequestedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void onlyTheNewestAreKeptWhateverTheOrderInWhichTheyEnd() {
        // Given
        int groups = EndedGroups.KEPT + 20;
        bench.published(0);

        // When
        for (int group = 1; group < groups; group++) {
            bench.end(bench.training().get(group), Outcome.FILTERED);
        }
        bench.end(bench.training().get(0), Outcome.EXPIRED);

        // Then
        assertThat(bench.ended.entries()).hasSize(EndedGroups.KEPT);
        assertThat(bench.ended.find("toy-t-000000")).isEmpty();
        assertThat(bench.ended.find("toy-t-004115")).isPresent();
    }
}
