package dev.tracerl.trainer.support;

import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.trainer.TestRecords;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.batch.GroupReader;
import dev.tracerl.trainer.in.Arrival;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A topic of training groups, record by record. */
public final class Arrivals {

    private static final String RUN = "run";

    private final List<Arrival> arrivals = new ArrayList<>();
    private final GroupReader reader = new GroupReader(RUN, TestRuns.MODEL.vocabSize());

    /** A group sampled with a version. */
    public Arrivals group(long sequence, long version) {
        return add(TestRecords.group(RUN, sequence, version));
    }

    /** A group. */
    public Arrivals add(TrainingGroup group) {
        arrivals.add(new Arrival.Trainable(arrivals.size(), reader.read(group)));
        return this;
    }

    /** A record that cannot be decoded. */
    public Arrivals unreadable(long sequence) {
        DeadLetter letter = DeadLetter.newBuilder()
                .setStage("test")
                .setReason("broken")
                .setTopic("run.training-groups")
                .setPartition(0)
                .setOffset(arrivals.size())
                .setAt(Instant.EPOCH)
                .build();
        String key = String.format(java.util.Locale.ROOT, "run-t-%06d", sequence);
        arrivals.add(new Arrival.Unreadable(arrivals.size(), key, OptionalLong.of(sequence), Optional.empty(), letter));
        return this;
    }

    /** The records. */
    public List<Arrival> list() {
        return arrivals;
    }
}
