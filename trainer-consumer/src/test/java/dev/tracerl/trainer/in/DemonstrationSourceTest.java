package dev.tracerl.trainer.in;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.batch.DemonstrationPacker;
import dev.tracerl.trainer.batch.DemonstrationReader;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.in.DemonstrationFeed.Item;
import dev.tracerl.trainer.state.DemonstrationPosition;
import dev.tracerl.trainer.state.RunIdentity;
import dev.tracerl.trainer.state.TrainerState;
import dev.tracerl.trainer.stop.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemonstrationSourceTest {

    private static final PackSettings SETTINGS =
            new PackSettings(4, 1, TestRuns.MODEL.maskTokenId(), LossNormalization.TARGETS, 8);

    private final DemonstrationReader reader = new DemonstrationReader(
            TestRuns.MODEL.vocabSize(), TestRuns.MODEL.maxPositions(), SETTINGS, TestRecords.END);
    private final List<DeadLetter> refused = new ArrayList<>();
    private final StopSignal stop = new StopSignal();

    @Test
    void stepsTakeTheNextOnesAcrossTheEndOfAPass() {
        // Given
        DemonstrationSource source = source(topic(3), start());

        // When
        Batch first = source.next(start()).orElseThrow();
        Batch second = source.next(after(first)).orElseThrow();

        // Then
        assertThat(ids(first)).containsExactly("demo-0", "demo-1");
        assertThat(ids(second)).containsExactly("demo-2", "demo-0");
        assertThat(second.after().demonstrations()).isEqualTo(new DemonstrationPosition(1, 1, 1));
        assertThat(second.inputs()).hasSize(2);
    }

    @Test
    void aPassMasksDifferentlyFromTheOneBefore() {
        // Given
        DemonstrationSource source = source(topic(2), start());

        // When
        List<int[]> tokens = new ArrayList<>();
        TrainerState state = start();
        for (int pass = 0; pass < 4; pass++) {
            Batch batch = source.next(state).orElseThrow();
            tokens.add(batch.examples().get(0).get(0).packed().tokens());
            state = after(batch);
        }

        // Then
        assertThat(tokens.subList(1, 4)).anySatisfy(later -> assertThat(later).isNotEqualTo(tokens.get(0)));
    }

    @Test
    void continuedItGivesWhatItWouldHaveGiven() {
        // Given
        DemonstrationSource source = source(topic(3), start());
        TrainerState middle = after(source.next(start()).orElseThrow());
        Batch expected = source.next(middle).orElseThrow();

        // When
        Batch continued = source(topic(3), middle).next(middle).orElseThrow();

        // Then
        assertThat(ids(continued)).isEqualTo(ids(expected));
        assertThat(continued.after()).isEqualTo(expected.after());
        assertThat(continued.examples().get(1).get(0).packed().tokens())
                .isEqualTo(expected.examples().get(1).get(0).packed().tokens());
    }

    @Test
    void unreadableOnesAreDeadLettersOnceAndNotCounted() {
        // Given
        List<Item> items = topic(3);
        items.set(1, new Item(1, "offset 1", Optional.empty(), Optional.of(letter())));
        DemonstrationSource source = source(items, start());

        // When
        Batch first = source.next(start()).orElseThrow();
        Batch second = source.next(after(first)).orElseThrow();

        // Then
        assertThat(ids(first)).containsExactly("demo-0", "demo-2");
        assertThat(ids(second)).containsExactly("demo-0", "demo-2");
        assertThat(refused).hasSize(1);
        assertThat(second.after().demonstrations().index()).isEqualTo(2);
    }

    @Test
    void aStopSignalEndsTheWait() {
        // Given
        DemonstrationSource source = source(topic(3), start());
        stop.endRun();

        // Then
        assertThat(source.next(start())).isEmpty();
    }

    private DemonstrationSource source(List<Item> items, TrainerState state) {
        DemonstrationPacker packer = new DemonstrationPacker(SETTINGS, new DemonstrationPacker.RandomOrder(1), 7);
        return new DemonstrationSource(2, packer, new ListDemonstrations(items), refused::add, stop, state);
    }

    private List<Item> topic(int count) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(new Item(
                    i, "demo-" + i, Optional.of(reader.read(TestRecords.demonstration("run", i))), Optional.empty()));
        }
        return items;
    }

    private static DeadLetter letter() {
        return DeadLetter.newBuilder()
                .setStage("test")
                .setReason("broken")
                .setTopic("run.demonstrations")
                .setPartition(0)
                .setOffset(1)
                .setAt(Instant.EPOCH)
                .build();
    }

    private static TrainerState start() {
        return TrainerState.initial(new RunIdentity("run", 0, 7), 0);
    }

    private static TrainerState after(Batch batch) {
        return start().after(1, batch.after());
    }

    private static List<String> ids(Batch batch) {
        return batch.examples().stream().flatMap(List::stream).map(Example::id).toList();
    }

    /** Demonstrations in memory. */
    private static final class ListDemonstrations implements DemonstrationFeed {

        private final List<Item> items;
        private int next;

        ListDemonstrations(List<Item> items) {
            this.items = items;
        }

        @Override
        public void seek(long offset) {
            next = (int) offset;
        }

        @Override
        public boolean atEnd() {
            return next >= items.size();
        }

        @Override
        public Optional<Item> next(Duration limit) {
            return atEnd() ? Optional.empty() : Optional.of(items.get(next++));
        }

        @Override
        public void close() {
            next = items.size();
        }
    }
}
