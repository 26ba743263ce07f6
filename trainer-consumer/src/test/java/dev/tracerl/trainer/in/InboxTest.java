package dev.tracerl.trainer.in;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.state.GroupPosition;
import dev.tracerl.trainer.support.Arrivals;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final Inbox inbox = new Inbox(GroupPosition.START, List.of(), List.of());

    @Test
    void thePositionStaysBelowWhatIsWaiting() {
        // Given
        List<Arrival.Trainable> arrivals = add(inbox, 2, 0, 1);

        // When
        GroupPosition position = inbox.positionWithout(List.of(arrivals.get(1)));

        // Then
        assertThat(position).isEqualTo(new GroupPosition(0, List.of("run-t-000000")));
    }

    @Test
    void thePositionIsAboveWhatWasUsed() {
        // Given
        List<Arrival.Trainable> arrivals = add(inbox, 2, 0, 1);

        // When
        GroupPosition position = inbox.positionWithout(arrivals);

        // Then
        assertThat(position).isEqualTo(new GroupPosition(3, List.of()));
    }

    @Test
    void whatWasUsedAboveThePositionIsNotTakenAgain() {
        // Given
        Inbox continued = new Inbox(new GroupPosition(0, List.of("run-t-000000")), List.of(), List.of());

        // When
        add(continued, 2, 0, 1);

        // Then
        assertThat(sequences(continued.first(2))).contains(List.of(2L, 1L));
        assertThat(continued.first(3)).isEmpty();
    }

    @Test
    void inSequenceTheNextNumberIsWaitedFor() {
        // When
        add(inbox, 1, 2, 3);
        Optional<List<Long>> before = sequences(inbox.inSequence(2));
        inbox.end(List.of(TestRecords.filtered("run", 0)));
        Optional<List<Long>> after = sequences(inbox.inSequence(2));

        // Then
        assertThat(before).isEmpty();
        assertThat(after).contains(List.of(1L, 2L));
    }

    @Test
    void claimedGroupsAreForTheirStepOnly() {
        // Given
        Inbox claiming = new Inbox(
                GroupPosition.START, List.of(TestRecords.filtered("run", 1)), List.of("run-t-000001", "run-t-000002"));

        // When
        add(claiming, 0, 1, 2);

        // Then
        assertThat(sequences(claiming.first(1))).contains(List.of(0L));
        assertThat(sequences(claiming.exactly(List.of("run-t-000002", "run-t-000001"))))
                .contains(List.of(2L, 1L));
        assertThat(claiming.positionWithout(claiming.waiting()).lowWater()).isEqualTo(1);
    }

    private static List<Arrival.Trainable> add(Inbox inbox, long... sequences) {
        Arrivals arrivals = new Arrivals();
        for (long sequence : sequences) {
            arrivals.group(sequence, 0);
        }
        List<Arrival.Trainable> added =
                arrivals.list().stream().map(Arrival.Trainable.class::cast).toList();
        added.forEach(inbox::add);
        return added;
    }

    private static Optional<List<Long>> sequences(Optional<List<Arrival.Trainable>> arrivals) {
        return arrivals.map(list -> list.stream()
                .map(arrival -> arrival.content().group().getSequence())
                .toList());
    }
}
