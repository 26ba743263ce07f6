package dev.tracerl.ops.export;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.Trajectory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Exports trajectories and their tokens: partition after partition, first those that waited for the end of their group,
 * then what is new. A trajectory is written when its group has ended, so its row never has to change; until then its
 * offset waits in the manifest. The first copy counts.
 */
final class TrajectoryExport implements AutoCloseable {

    private final String runId;
    private final ExportSettings settings;
    private final Progress progress;
    private final Commits commits;
    private final SampleNumbers numbers;
    private final Decisions decisions;
    private final OpenPart<TrajectoryRow> trajectories;
    private final OpenPart<TokenRow> tokens;

    TrajectoryExport(ExportJob job, Decisions decisions) {
        this.runId = job.run().getRunId();
        this.settings = job.settings();
        this.progress = job.progress();
        this.commits = job.commits();
        this.numbers = SampleNumbers.of(job.run());
        this.decisions = decisions;
        this.trajectories = job.open(TrajectoryRow.TABLE);
        this.tokens = job.open(TokenRow.TABLE);
    }

    /** Exports what has ended of the given part of the log. */
    void export(ExportLog log, ExportLog.Decoder<Trajectory> decoder, List<Span> spans, Meter meter) {
        for (Span span : spans) {
            retry(log, decoder, span.partition());
            new SpanReader(span, decoder, meter).read(log);
        }
        wanted().forEach(OpenPart::openFirst);
        commits.commit(wanted());
    }

    private List<OpenPart<?>> wanted() {
        List<OpenPart<?>> open = new ArrayList<>();
        SortedSet<ExportTable> tables = settings.tables();
        if (tables.contains(ExportTable.TRAJECTORIES)) {
            open.add(trajectories);
        }
        if (tables.contains(ExportTable.TOKENS)) {
            open.add(tokens);
        }
        return open;
    }

    /** Tries again what waited. */
    private void retry(ExportLog log, ExportLog.Decoder<Trajectory> decoder, TopicPartition partition) {
        List<Long> waiting = progress.waiting(partition);
        Set<Long> wanted = new HashSet<>(waiting);
        for (Span span : Span.around(partition, waiting)) {
            log.read(span, found -> {
                if (wanted.contains(found.offset()) && take(found, decoder)) {
                    progress.settled(partition, found.offset());
                    commitIfFull();
                }
            });
        }
    }

    private void commitIfFull() {
        if (wanted().stream().anyMatch(part -> part.isFull(settings.rowsPerFile()))) {
            commits.commit(wanted());
        }
    }

    /** Deals with a record; false if its group has not ended. */
    private boolean take(ConsumerRecord<byte[], byte[]> found, ExportLog.Decoder<Trajectory> decoder) {
        Optional<Trajectory> decoded = decoder.decode(found.value()).filter(this::isSound);
        if (decoded.isEmpty()) {
            progress.unreadable();
            return true;
        }
        Trajectory trajectory = decoded.get();
        if (!decisions.hasEnded(trajectory)) {
            return false;
        }
        Optional<TrajectoryRow> row = row(trajectory);
        if (row.isEmpty()) {
            progress.unreadable();
        } else if (progress.take(numbers.sample(trajectory))) {
            write(row.get());
        } else {
            progress.duplicate();
        }
        return true;
    }

    /** Whether its ids are those of a sample of this run; a run that was restored under another name has the first ids. */
    private boolean isSound(Trajectory trajectory) {
        String group = trajectory.getGroupId();
        return trajectory.getSequence() >= 0
                && numbers.holds(trajectory.getSample())
                && trajectory.getRunId().equals(runId)
                && group.endsWith(Ids.group("", trajectory.getPurpose(), trajectory.getSequence()))
                && trajectory.getTrajectoryId().equals(Ids.trajectory(group, trajectory.getSample()));
    }

    /** Nothing if it is malformed or none of its group's samples. */
    private Optional<TrajectoryRow> row(Trajectory trajectory) {
        try {
            return decisions.of(trajectory).map(facts -> TrajectoryRow.of(trajectory, facts));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private void write(TrajectoryRow row) {
        if (settings.tables().contains(ExportTable.TRAJECTORIES)) {
            trajectories.write(row);
        }
        if (settings.tables().contains(ExportTable.TOKENS)) {
            for (SegmentTokens segment : row.segments()) {
                for (int token = 0; token < segment.ids().length; token++) {
                    tokens.write(new TokenRow(segment, token));
                }
            }
        }
    }

    @Override
    public void close() {
        tokens.close();
        trajectories.close();
    }

    /** Reads a span and notes after every record how far it is. */
    private final class SpanReader {

        private final Span span;
        private final ExportLog.Decoder<Trajectory> decoder;
        private final Meter meter;
        private long at;

        SpanReader(Span span, ExportLog.Decoder<Trajectory> decoder, Meter meter) {
            this.span = span;
            this.decoder = decoder;
            this.meter = meter;
            this.at = span.from();
        }

        void read(ExportLog log) {
            log.read(span, found -> {
                if (!take(found, decoder)) {
                    progress.await(span.partition(), found.offset());
                }
                reached(found.offset() + 1);
                meter.add();
                commitIfFull();
            });
            reached(span.to());
        }

        private void reached(long offset) {
            if (offset > at) {
                progress.reached(span.partition(), at, offset);
                at = offset;
            }
        }
    }
}
