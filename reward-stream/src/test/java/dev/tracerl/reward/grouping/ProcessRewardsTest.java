package dev.tracerl.reward.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.verifiers.ChunkScore;
import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict.Correct;
import dev.tracerl.verifiers.Verdict.InChunks;
import dev.tracerl.verifiers.Verdict.Partial;
import dev.tracerl.verifiers.Verifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers have 16 characters, a token each, and an end of text; blocks have 4 tokens. */
class ProcessRewardsTest {

    private final RunSpec run = Runs.run();
    private final GroupingBench bench = new GroupingBench(run, Map.of("sudoku", new HalfByHalf()));
    private final RolloutRequest request = bench.requested(bench.training(0));

    @Test
    void scoresOfChunksBecomeRewardsOfTheTokensThatFinishedThem() {
        // When
        bench.answer(request, 0, Records.RIGHT);
        bench.answer(request, 1, Records.WRONG);

        // Then
        List<TrainingSample> samples = bench.outbox.groups.get(0).getSamples();
        float[] right = Packed.floats(samples.get(0).getTokenRewards());
        float[] wrong = Packed.floats(samples.get(1).getTokenRewards());
        float[] expectedRight = new float[18];
        float[] expectedWrong = new float[18];
        expectedRight[16] = 1;
        expectedWrong[16] = -1;
        assertThat(right).containsExactly(expectedRight);
        assertThat(wrong).containsExactly(expectedWrong);
        assertThat(samples.get(0).getAdvantage()).isEqualTo(1);
        assertThat(Packed.ints(samples.get(0).getChunkEnds())).containsExactly(8, 16);
        assertThat(Packed.floats(samples.get(1).getChunkScores())).containsExactly(0.5f, 0);
    }

    @Test
    void theVerdictKeepsTheScores() {
        // When
        bench.answer(request, 1, Records.WRONG);

        // Then
        Verdict verdict = bench.outbox.verdicts.get(0);
        assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.PARTIAL);
        assertThat(verdict.getScore()).isEqualTo(0.75);
        assertThat(verdict.getStepRewards()).containsExactly(0.5, 0.0);
        assertThat(verdict.getStepEnds()).containsExactly(8, 16);
    }

    @Test
    void theOnlySampleWithChunksKeepsItsAdvantageToo() {
        // When
        bench.answer(request, 0, Records.RIGHT);
        bench.answer(request, 1, "1234341221434");

        // Then
        List<TrainingSample> samples = bench.outbox.groups.get(0).getSamples();
        assertThat(samples).extracting(TrainingSample::getTokenRewards).containsOnlyNulls();
        assertThat(samples.get(0).getAdvantage()).isEqualTo(1);
        assertThat(samples.get(1).getAdvantage()).isEqualTo(-1);
    }

    @Test
    void rightStepsOfAResponseThatWasCutArePaidNothing() {
        // Given
        run.getGroups().setSamplesPerGroup(3);
        RolloutRequest three = bench.requested(bench.training(1));
        Trajectory cut = Records.trajectory(three, 2, Records.RIGHT);
        cut.setStopReason(StopReason.LENGTH);

        // When
        bench.answer(three, 0, Records.RIGHT);
        bench.answer(three, 1, Records.WRONG);
        bench.arrive(cut);

        // Then
        TrainingSample sample = bench.outbox.groups.get(0).getSamples().get(2);
        assertThat(sample.getReward()).isZero();
        assertThat(sample.getAdvantage()).isNegative();
        assertThat(sample.getChunkEnds()).isNull();
        assertThat(sample.getChunkScores()).isNull();
        assertThat(sample.getTokenRewards()).isNull();
        assertThat(bench.outbox.verdicts.get(2).getStepRewards()).containsExactly(0.5, 1.0);
    }

    @Test
    void chunksWithoutATokenOfTheirOwnAreLeftOut() {
        // Given
        List<ChunkScore> chunks =
                List.of(new ChunkScore(5, 1), new ChunkScore(6, 2), new ChunkScore(40, 3), new ChunkScore(50, 4));
        Segment response = TrajectoryCheck.generated(Records.trajectory(request, 0, Records.RIGHT));
        response.setOffsets(
                Packed.ints(new int[] {0, 4, 6, 9, 10, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12}));
        response.setKeptTokens(6);

        // When
        TokenChunks found = TokenChunks.of(chunks, response);

        // Then
        assertThat(found.ends()).containsExactly(2, 6);
        assertThat(found.scores()).containsExactly(1.0, 3.0);
    }

    /** Gives the first half of every answer 0.5, and its second half the points for the end; short answers none. */
    private static final class HalfByHalf implements Verifier {

        @Override
        public String kind() {
            return "sudoku";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public Optional<String> invalid(TaskInputs task) {
            return Optional.empty();
        }

        @Override
        public dev.tracerl.verifiers.Verdict verify(TaskInputs task, String answer) {
            if (answer.length() < 16) {
                return new Partial(0.25, "too short", 1);
            }
            boolean right = answer.equals(Records.RIGHT);
            dev.tracerl.verifiers.Verdict whole = right ? new Correct(1) : new Partial(0.75, "one digit is wrong", 1);
            return new InChunks(whole, List.of(new ChunkScore(8, 0.5), new ChunkScore(16, right ? 1 : 0)));
        }
    }
}
