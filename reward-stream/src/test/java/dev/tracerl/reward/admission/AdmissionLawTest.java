package dev.tracerl.reward.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random lives of runs: whatever becomes of the groups, the law holds after every event and the run ends. */
class AdmissionLawTest {

    private static final int GROUPS_PER_STEP = 3;
    private static final int STEPS = 20;
    private static final List<Outcome> LOST = List.of(Outcome.FILTERED, Outcome.EXPIRED, Outcome.DEAD, Outcome.LATE);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theLawHoldsAfterEveryEventAndTheRunEnds(long seed) {
        // Given
        RandomGenerator random = new java.util.SplittableRandom(seed);
        int maxLag = random.nextInt(4);
        AdmissionBench bench = new AdmissionBench(run(maxLag));
        List<RolloutRequest> ready = new ArrayList<>();
        bench.published(0);
        long version = 0;
        int answered = 0;

        // When
        while (bench.status().getState() != RunState.FINISHED) {
            if (random.nextInt(4) == 0) {
                bench.restart();
            }
            if (answered < bench.training().size() && random.nextBoolean()) {
                RolloutRequest group = bench.training().get(answered++);
                if (random.nextInt(3) == 0) {
                    bench.end(group, LOST.get(random.nextInt(LOST.size())));
                } else {
                    ready.add(group);
                }
            }
            if (ready.size() >= GROUPS_PER_STEP) {
                List<RolloutRequest> batch = ready.subList(0, GROUPS_PER_STEP);
                bench.step(++version, List.copyOf(batch));
                batch.clear();
            }

            // Then
            long held = bench.state().getAccepted() + Training.running(bench.state());
            assertThat(held).isLessThanOrEqualTo((maxLag + version + 1) * GROUPS_PER_STEP);
            assertThat(held).isLessThanOrEqualTo((long) STEPS * GROUPS_PER_STEP);
        }
        assertThat(version).isEqualTo(STEPS);
        assertThat(bench.state().getAccepted()).isEqualTo((long) STEPS * GROUPS_PER_STEP);
        assertThat(bench.training())
                .extracting(RolloutRequest::getSequence)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aRestartAfterEveryEventChangesNothing(int maxLag) {
        // Given
        AdmissionBench steady = new AdmissionBench(run(maxLag));
        AdmissionBench restarted = new AdmissionBench(run(maxLag));

        // When
        play(steady, false);
        play(restarted, true);

        // Then
        assertThat(restarted.outbox.requests).isEqualTo(steady.outbox.requests);
        assertThat(restarted.outbox.statuses).isEqualTo(steady.outbox.statuses);
    }

    private static void play(AdmissionBench bench, boolean restarts) {
        bench.published(0);
        for (int event = 0; event < 40; event++) {
            if (restarts) {
                bench.restart();
            }
            RolloutRequest group = bench.training().get(event);
            bench.end(group, event % 3 == 0 ? Outcome.FILTERED : Outcome.ACCEPTED);
            if (event % 4 == 3) {
                bench.published(event / 4 + 1);
            }
        }
    }

    private static RunSpec run(int maxLag) {
        RunSpec run = Runs.run();
        run.getGroups().setMaxLag(maxLag);
        run.getGroups().setGroupsPerStep(GROUPS_PER_STEP);
        run.getStop().setMaxSteps(STEPS);
        return run;
    }
}
