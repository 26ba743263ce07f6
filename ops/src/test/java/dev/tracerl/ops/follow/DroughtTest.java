package dev.tracerl.ops.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The run trains 16 groups per step. */
class DroughtTest {

    private static final String EQUAL = "all rewards are 0";

    private final Drought drought = new Drought("dry", 16);

    @Test
    void groupsWhoseAnswersAreAllEqualAreToldWithWhatToDo() {
        // When
        filtered(0, 15, EQUAL);
        boolean early = drought.problem().isPresent();
        filtered(15, 20, EQUAL);

        // Then
        assertThat(early).isFalse();
        assertThat(drought.groups()).isEqualTo(20);
        assertThat(drought.problem())
                .hasValue("run dry learns nothing: none of the last 20 groups can be trained, 20 of them as in "
                        + "\"all rewards are 0\". All answers to a task are equally good: take tasks of another "
                        + "difficulty, sample more per group (groups.samplesPerGroup), or warm up first.");
    }

    @Test
    void theCommonestCauseDecidesWhatToDo() {
        // When
        filtered(0, 4, EQUAL);
        filtered(4, 10, "mean reward 0.1 is not in [0.2, 0.8]");
        filtered(10, 20, "mean reward 0.9 is not in [0.2, 0.8]");

        // Then
        assertThat(drought.problem().orElseThrow())
                .contains("none of the last 20 groups can be trained, 16 of them as in \"mean reward 0.9 is not")
                .contains("Widen groups.minMeanReward and groups.maxMeanReward");
    }

    @Test
    void groupsThatCannotBeRewardedAreForTheAudit() {
        // When
        for (long sequence = 0; sequence < 16; sequence++) {
            end(sequence, Purpose.TRAINING, Outcome.DEAD, null);
        }

        // Then
        assertThat(drought.problem().orElseThrow())
                .contains("16 of them as in \"DEAD\"")
                .contains("tracerl audit --run dry");
    }

    @Test
    void aTrainedGroupEndsIt() {
        // Given
        filtered(0, 30, EQUAL);

        // When
        end(30, Purpose.TRAINING, Outcome.ACCEPTED, null);
        boolean after = drought.problem().isPresent();
        filtered(31, 47, EQUAL);

        // Then
        assertThat(after).isFalse();
        assertThat(drought.groups()).isEqualTo(16);
    }

    @Test
    void groupsThatWaitForTheirStepMayEndIt() {
        // Given: every third group passed the filters, which is no outcome yet
        for (long sequence = 0; sequence < 60; sequence++) {
            if (sequence % 3 != 0) {
                end(sequence, Purpose.TRAINING, Outcome.FILTERED, EQUAL);
            }
        }

        // Then
        assertThat(drought.problem()).isEmpty();
    }

    @Test
    void evaluationsDoNotCount() {
        // When
        for (long sequence = 0; sequence < 40; sequence++) {
            end(sequence, Purpose.EVALUATION, Outcome.FILTERED, EQUAL);
        }

        // Then
        assertThat(drought.problem()).isEmpty();
    }

    private void filtered(long from, long to, String reason) {
        for (long sequence = from; sequence < to; sequence++) {
            end(sequence, Purpose.TRAINING, Outcome.FILTERED, reason);
        }
    }

    private void end(long sequence, Purpose purpose, Outcome outcome, String reason) {
        drought.add(GroupOutcome.newBuilder()
                .setGroupId(Ids.group("dry", purpose, sequence))
                .setSequence(sequence)
                .setRunId("dry")
                .setPurpose(purpose)
                .setTaskId("set/1")
                .setOutcome(outcome)
                .setReason(reason)
                .setSamples(List.of())
                .setDecidedBy("reward-stream")
                .setAt(Instant.EPOCH)
                .build());
    }
}
