package dev.tracerl.ops.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.Trajectory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each trajectory becomes a row once, whatever is on the log and whenever it came there. */
@ExtendWith(ExportStack.Provider.class)
class ExportIncrementIT {

    private static final String IDS = "select trajectory_id from trajectories order by trajectory_id";

    @TempDir
    private Path folder;

    @Test
    void trajectoriesOfOpenGroupsComeWithALaterExport(ExportStack stack) throws SQLException {
        // Given
        SampleLog log = stack.log().as("open").first(20);
        try (TestLog topics = stack.topics(log.run())) {
            topics.committed(() -> log.trajectories().forEach(topics::send));
            topics.committed(() -> log.verdicts().forEach(topics::send));
            topics.committed(() -> log.groups().forEach(topics::send));
            topics.committed(() -> log.outcomes().stream()
                    .filter(each -> each.getSequence() % 3 == 0)
                    .forEach(topics::send));
            long ended = log.trajectories().stream()
                    .filter(each -> each.getSequence() % 3 == 0)
                    .count();

            // When
            ExportReport first = stack.export(log.run(), folder);
            topics.committed(() -> log.outcomes().stream()
                    .filter(each -> each.getSequence() % 3 != 0)
                    .forEach(topics::send));
            ExportReport second = stack.export(log.run(), folder);
            ExportReport third = stack.export(log.run(), folder);

            // Then
            long all = log.trajectories().size();
            assertThat(first.tables().get("trajectories").rows()).isEqualTo(ended);
            assertThat(first.waiting()).isEqualTo(all - ended);
            assertThat(second.tables().get("trajectories").newRows()).isEqualTo(all - ended);
            assertThat(second.waiting()).isZero();
            assertThat(third.tables().get("trajectories").newRows()).isZero();
            assertThat(third.tables().get("trajectories").files()).isEqualTo(2);
            assertSameAsAtOnce(stack, log, folder);
        }
    }

    private static void assertSameAsAtOnce(ExportStack stack, SampleLog log, Path folder) throws SQLException {
        Path atOnce = folder.resolveSibling(folder.getFileName() + "-at-once");
        stack.export(log.run(), atOnce);
        try (Duck pieces = new Duck(folder);
                Duck whole = new Duck(atOnce)) {
            assertThat(pieces.query("from trajectories order by trajectory_id"))
                    .isEqualTo(whole.query("from trajectories order by trajectory_id"));
            assertThat(pieces.query("from tokens order by trajectory_id, position"))
                    .isEqualTo(whole.query("from tokens order by trajectory_id, position"));
        }
    }

    @Test
    void aCopyOfATrajectoryIsNoRowEvenInALaterExport(ExportStack stack) throws SQLException {
        // Given
        SampleLog log = stack.log().as("copies").first(8);
        Trajectory first = log.trajectories().get(0);
        Trajectory copy = Trajectory.newBuilder(first).setWorker("sibling").build();
        try (TestLog topics = stack.topics(log.run())) {
            topics.write(log);
            topics.committed(() -> topics.send(copy));

            // When
            ExportReport before = stack.export(log.run(), folder);
            topics.committed(() -> topics.send(copy));
            ExportReport after = stack.export(log.run(), folder);

            // Then
            assertThat(before.duplicates()).isEqualTo(1);
            assertThat(after.duplicates()).isEqualTo(2);
        }
        try (Duck duck = new Duck(folder)) {
            assertThat(duck.column(IDS)).isEqualTo(ids(log)).doesNotHaveDuplicates();
            assertThat(duck.column("select worker from trajectories where trajectory_id = '%s'"
                            .formatted(first.getTrajectoryId())))
                    .containsExactly(first.getWorker());
        }
    }

    @Test
    void recordsThatAreAbortedStrayOrUnreadableMakeNoRows(ExportStack stack) throws SQLException {
        // Given
        SampleLog log = stack.log().as("noise").first(8);
        Trajectory any = log.trajectories().get(0);
        Trajectory another = log.as("another").trajectories().get(0);
        Trajectory torn = Trajectory.newBuilder(log.trajectories().get(1)).build();
        torn.setSegments(List.of());
        try (TestLog topics = stack.topics(log.run())) {
            topics.aborted(() ->
                    topics.send(Trajectory.newBuilder(any).setWorker("aborted").build()));
            topics.committed(() -> topics.send(torn));
            topics.committed(() -> topics.sendVerdictAsTrajectory(log.verdicts().get(0)));
            topics.committed(() -> topics.send(another));
            topics.write(log);

            // When
            ExportReport report = stack.export(log.run(), folder);

            // Then
            assertThat(report.unreadable()).isEqualTo(3);
            assertThat(report.waiting()).isZero();
        }
        try (Duck duck = new Duck(folder)) {
            assertThat(duck.column(IDS)).isEqualTo(ids(log));
            assertThat(duck.number("select count(*) from trajectories where worker = 'aborted'"))
                    .isZero();
        }
    }

    private static List<String> ids(SampleLog log) {
        return log.trajectories().stream()
                .map(Trajectory::getTrajectoryId)
                .sorted()
                .toList();
    }
}
