package dev.tracerl.ops.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What DuckDB reads equals what is on the log of a real run. */
@ExtendWith(ExportStack.Provider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportContentIT {

    private SampleLog log;
    private ExportReport report;
    private Duck duck;

    @BeforeAll
    void export(ExportStack stack, @TempDir Path folder) throws SQLException {
        log = stack.log();
        report = stack.export(log.run(), folder, 30_000);
        duck = new Duck(folder);
    }

    @Test
    void thereIsARowForEveryTrajectory() throws SQLException {
        assertThat(duck.number("select count(*) from trajectories"))
                .isEqualTo(log.trajectories().size());
        assertThat(duck.number("select count(distinct trajectory_id) from trajectories"))
                .isEqualTo(log.trajectories().size());
        assertThat(duck.column("select distinct run from trajectories")).containsExactly("sudoku-small");
        assertThat(report.tables().get("trajectories").rows())
                .isEqualTo(log.trajectories().size());
        assertThat(report.tables().get("tokens").files()).isEqualTo(4);
    }

    @Test
    void aTrajectoryHasItsVerdictItsFateAndItsAdvantage() throws SQLException {
        // Given
        Map<String, Verdict> verdicts = by(log.verdicts(), Verdict::getTrajectoryId);
        Map<String, GroupOutcome> outcomes = by(log.outcomes(), GroupOutcome::getGroupId);
        Map<String, TrainingSample> trained = by(
                log.groups().stream()
                        .flatMap(group -> group.getSamples().stream())
                        .toList(),
                TrainingSample::getTrajectoryId);
        List<List<Object>> expected = new ArrayList<>();
        for (Trajectory each : sorted()) {
            String id = each.getTrajectoryId();
            GroupOutcome outcome = outcomes.get(each.getGroupId());
            expected.add(values(
                    id,
                    verdicts.get(id).getOutcome().name(),
                    verdicts.get(id).getScore(),
                    outcome.getOutcome().name(),
                    outcome.getStep(),
                    outcome.getLag(),
                    outcome.getSamples().get(each.getSample()).getReward(),
                    trained.containsKey(id) ? trained.get(id).getAdvantage() : null,
                    each.getSegments().get(0).getText(),
                    each.getSegments().get(1).getText(),
                    each.getCreatedAt().toEpochMilli()));
        }

        // When
        List<List<Object>> found = new ArrayList<>();
        duck.each(
                "select trajectory_id, verdict, score, outcome, train_step, lag, reward, advantage, prompt, response,"
                        + " epoch_ms(created_at) from trajectories order by trajectory_id",
                row -> {
                    List<Object> values = new ArrayList<>();
                    for (int column = 1; column <= 11; column++) {
                        values.add(row.getObject(column));
                    }
                    found.add(values);
                });

        // Then
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void tokenRowsEqualThePackedArrays() throws SQLException {
        // Given
        Iterator<Trajectory> trajectories = sorted().iterator();
        List<List<Object>> expected = new ArrayList<>();
        trajectories.forEachRemaining(each -> addTokens(each, expected));

        // When
        Iterator<List<Object>> next = expected.iterator();
        duck.each(
                "select trajectory_id, position, generated, kept, token_id, step, log_prob, policy_version from tokens"
                        + " order by trajectory_id, position",
                row -> {
                    List<Object> values = new ArrayList<>();
                    for (int column = 1; column <= 8; column++) {
                        values.add(row.getObject(column));
                    }
                    // Then
                    assertThat(values).isEqualTo(next.next());
                });
        assertThat(next).isExhausted();
    }

    private static void addTokens(Trajectory trajectory, List<List<Object>> rows) {
        int position = 0;
        for (Segment segment : trajectory.getSegments()) {
            int[] ids = Packed.ints(segment.getTokens());
            int[] steps = Packed.ints(segment.getStepMap());
            float[] logProbs = Packed.floats(segment.getLogProbs());
            long[] versions = Packed.longs(trajectory.getBlockVersions());
            int firstBlock = position / trajectory.getSampler().getBlockSize();
            for (int i = 0; i < ids.length; i++, position++) {
                boolean generated = segment.getGenerated();
                int block = position / trajectory.getSampler().getBlockSize() - firstBlock;
                rows.add(values(
                        trajectory.getTrajectoryId(),
                        position,
                        generated,
                        i < segment.getKeptTokens(),
                        ids[i],
                        generated ? steps[i] : null,
                        generated ? logProbs[i] : null,
                        generated ? versions[block] : null));
            }
        }
    }

    @Test
    void thePiecesOfAResponseAreItsText() throws SQLException {
        assertThat(duck.number("select count(*) from trajectories join (select trajectory_id,"
                        + " string_agg(text, '' order by position) as pieces from tokens where generated group by all)"
                        + " using (trajectory_id) where pieces = response"))
                .isEqualTo(log.trajectories().size());
    }

    @Test
    void stepsAndBlocksOfATrajectoryAreThoseOfItsKeptTokens() throws SQLException {
        assertThat(duck.number("select count(*) from trajectories join (select trajectory_id,"
                        + " count(distinct block) as b, count(distinct (block, step)) as s, sum(log_prob) as p"
                        + " from tokens where generated and kept group by all) using (trajectory_id)"
                        + " where b = blocks and s = steps and abs(p - log_prob) < 1e-6"
                        + " and abs(steps_per_block - s / b) < 1e-9"))
                .isEqualTo(log.trajectories().size());
    }

    @Test
    void advantagesAreOnKeptTokensOfTrainedTrajectoriesOnly() throws SQLException {
        assertThat(duck.number("select count(*) from tokens join trajectories using (trajectory_id)"
                        + " where tokens.advantage is distinct from"
                        + " case when generated and kept then trajectories.advantage end"))
                .isZero();
        assertThat(duck.number("select count(*) from trajectories where advantage is not null"))
                .isPositive();
    }

    @Test
    void stepsAndEvaluationsAreThoseOfTheLog() throws SQLException {
        List<String> losses = log.steps().stream()
                .map(TrainStep::getLoss)
                .map(String::valueOf)
                .toList();

        assertThat(duck.column("select loss from train_steps order by step")).isEqualTo(losses);
        assertThat(duck.number("select sum(groups) from train_steps"))
                .isEqualTo(duck.number("select count(distinct group_id) from trajectories where train_step > 0"));
        assertThat(duck.number("select sum(correct) from evaluations"))
                .isEqualTo(duck.number(
                        "select count(*) from trajectories where purpose = 'EVALUATION' and verdict = 'CORRECT'"));
    }

    private List<Trajectory> sorted() {
        return log.trajectories().stream()
                .sorted(Comparator.comparing(Trajectory::getTrajectoryId))
                .toList();
    }

    private static List<Object> values(Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    private static <V> Map<String, V> by(List<V> records, Function<V, String> id) {
        return records.stream().collect(Collectors.toMap(id, each -> each));
    }
}
