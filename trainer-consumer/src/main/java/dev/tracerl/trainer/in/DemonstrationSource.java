package dev.tracerl.trainer.in;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.trainer.batch.DemonstrationPacker;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.state.DemonstrationPosition;
import dev.tracerl.trainer.state.TrainerState;
import dev.tracerl.trainer.stop.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Demonstrations in the order of the topic, pass after pass. A step takes the next ones, across the end of a pass. Waits
 * while there are none.
 */
public final class DemonstrationSource implements BatchSource {

    private static final Logger LOG = LoggerFactory.getLogger(DemonstrationSource.class);
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration EMPTY_WAIT = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofHours(1);

    private final int perStep;
    private final DemonstrationPacker packer;
    private final DemonstrationFeed feed;
    private final Consumer<DeadLetter> refused;
    private final StopSignal stop;
    private DemonstrationPosition read;

    /**
     * A source that continues from a state.
     *
     * @param perStep demonstrations of a step
     * @param refused takes what cannot be used, once
     */
    public DemonstrationSource(
            int perStep,
            DemonstrationPacker packer,
            DemonstrationFeed feed,
            Consumer<DeadLetter> refused,
            StopSignal stop,
            TrainerState state) {
        this.perStep = perStep;
        this.packer = packer;
        this.feed = feed;
        this.refused = refused;
        this.stop = stop;
        this.read = state.position().demonstrations();
        feed.seek(read.offset());
    }

    @Override
    public Optional<Batch> next(TrainerState state) {
        rewind(state.position().demonstrations());
        List<List<Example>> examples = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        while (examples.size() < perStep) {
            if (!stop.training()) {
                return Optional.empty();
            }
            take(examples, offsets);
        }
        String topic = RunTopics.of(state.run().runId()).demonstrations().name();
        return Optional.of(new Batch(
                examples,
                List.of(),
                OffsetRanges.of(topic, offsets),
                state.position().at(read)));
    }

    private void rewind(DemonstrationPosition position) {
        if (!read.equals(position)) {
            read = position;
            feed.seek(position.offset());
        }
    }

    private void take(List<List<Example>> examples, List<Long> offsets) {
        if (feed.atEnd()) {
            endPass();
        } else {
            feed.next(WAIT).ifPresent(item -> use(item, examples, offsets));
        }
    }

    private void use(DemonstrationFeed.Item item, List<List<Example>> examples, List<Long> offsets) {
        if (item.demonstration().isEmpty()) {
            refuse(item);
            return;
        }
        examples.add(
                List.of(new Example(item.id(), packer.pack(item.demonstration().get(), read.epoch(), read.index()))));
        offsets.add(item.offset());
        read = read.next(item.offset() + 1);
    }

    private void refuse(DemonstrationFeed.Item item) {
        if (read.epoch() == 0) {
            item.letter().ifPresent(refused);
        }
    }

    private void endPass() {
        if (read.index() > 0) {
            read = read.nextEpoch();
            feed.seek(read.offset());
            return;
        }
        LOG.atWarn().log("waiting for demonstrations: the topic has none that can be read");
        feed.next(EMPTY_WAIT).ifPresent(item -> feed.seek(item.offset()));
    }

    @Override
    public void used(Batch batch) {
        // The position that the batch leads to is part of the next state.
    }

    @Override
    public void drain() throws InterruptedException {
        while (!stop.awaitExit(IDLE)) {
            LOG.atDebug().log("the run has ended");
        }
    }

    @Override
    public void close() {
        feed.close();
    }
}
