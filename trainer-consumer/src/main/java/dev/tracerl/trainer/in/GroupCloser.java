package dev.tracerl.trainer.in;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.trainer.metrics.TrainerMetrics;
import dev.tracerl.trainer.out.Closing;
import dev.tracerl.trainer.out.Outcomes;
import dev.tracerl.trainer.out.TrainerLog;
import java.util.List;
import java.util.Optional;

/** Ends groups that are not trained, at once: admission waits for their slots. */
public final class GroupCloser {

    private final TrainerLog log;
    private final Outcomes outcomes;
    private final String runId;
    private final TrainerMetrics metrics;

    /** A closer of a run's groups. */
    public GroupCloser(TrainerLog log, Outcomes outcomes, String runId, TrainerMetrics metrics) {
        this.log = log;
        this.outcomes = outcomes;
        this.runId = runId;
        this.metrics = metrics;
    }

    /** Parks groups that are older than the run allows. */
    void late(List<TrainingGroup> groups, long version, int maxLag) {
        log.close(groups.stream()
                .map(group -> new Closing(
                        Optional.of(outcomes.late(group, version, maxLag)), Optional.of(group), Optional.empty()))
                .toList());
        groups.forEach(metrics::parked);
    }

    /** Ends groups that will not be trained because the run ended. */
    void expired(List<TrainingGroup> groups) {
        log.close(groups.stream()
                .map(group -> new Closing(Optional.of(outcomes.expired(group)), Optional.empty(), Optional.empty()))
                .toList());
    }

    /** Puts a record with the dead letters, and ends its group if it can be told. */
    void unreadable(Arrival.Unreadable arrival) {
        String reason = "the trainer cannot read it: " + arrival.letter().getReason();
        Optional<GroupOutcome> outcome =
                arrival.group().map(group -> outcomes.dead(group, reason)).or(() -> undecodable(arrival, reason));
        log.close(List.of(new Closing(outcome, Optional.empty(), Optional.of(arrival.letter()))));
    }

    private Optional<GroupOutcome> undecodable(Arrival.Unreadable arrival, String reason) {
        return arrival.sequence().isEmpty()
                ? Optional.empty()
                : Optional.of(outcomes.dead(arrival.key(), arrival.sequence().getAsLong(), runId, reason));
    }
}
