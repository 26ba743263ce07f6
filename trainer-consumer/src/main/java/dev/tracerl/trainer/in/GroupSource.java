package dev.tracerl.trainer.in;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.batch.ResponsePacker;
import dev.tracerl.trainer.metrics.TrainerMetrics;
import dev.tracerl.trainer.out.LogState;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.plan.InputPlan;
import dev.tracerl.trainer.state.TrainerState;
import dev.tracerl.trainer.stop.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Training groups, in order of arrival or of their numbers. A step that is on the log already, because the checkpoint is
 * older than the log, gets the groups it had.
 */
public final class GroupSource implements BatchSource {

    private static final Duration WAIT = Duration.ofMillis(100);

    private final InputPlan.Groups plan;
    private final ResponsePacker packer;
    private final GroupFeed feed;
    private final TrainerLog log;
    private final GroupCloser closer;
    private final StopSignal stop;
    private final TrainerMetrics metrics;
    private final SortedMap<Long, TrainStep> recorded; // steps to repeat
    private final String topic;
    private final Inbox inbox;
    private List<Arrival.Trainable> offered = List.of();

    /**
     * A source that continues from a state.
     *
     * @param ports the outside
     * @param logState what the log has
     */
    public GroupSource(
            InputPlan.Groups plan, ResponsePacker packer, Ports ports, TrainerState state, LogState logState) {
        this.plan = plan;
        this.packer = packer;
        this.log = ports.log();
        this.closer = ports.closer();
        this.stop = ports.stop();
        this.metrics = ports.metrics();
        this.topic = RunTopics.of(state.run().runId()).trainingGroups().name();
        this.recorded = new TreeMap<>(logState.steps().tailMap(state.step() + 1));
        List<String> claims = recorded.values().stream()
                .flatMap(step -> step.getGroups().stream())
                .toList();
        this.inbox = new Inbox(state.position().groups(), logState.outcomes(), claims);
        this.feed = ports.feed().open(state.position().groups().lowWater());
    }

    /**
     * The outside of a source.
     *
     * @param feed where groups come from
     * @param log where the end of others' groups is read
     * @param closer ends groups
     * @param stop when to stop
     * @param metrics what happens
     */
    public record Ports(
            GroupFeed.Factory feed, TrainerLog log, GroupCloser closer, StopSignal stop, TrainerMetrics metrics) {}

    @Override
    public Optional<Batch> next(TrainerState state) throws InterruptedException {
        while (stop.training()) {
            Optional<List<Arrival.Trainable>> chosen = choose(state);
            if (chosen.isPresent()) {
                return Optional.of(batch(chosen.get(), state));
            }
            receive();
        }
        return Optional.empty();
    }

    private Optional<List<Arrival.Trainable>> choose(TrainerState state) {
        TrainStep repeated = recorded.get(state.step() + 1);
        if (repeated != null) {
            return inbox.exactly(repeated.getGroups());
        }
        parkLate(state.version());
        if (!plan.inSequence()) {
            return inbox.first(plan.perStep());
        }
        inbox.end(log.newOutcomes());
        return inbox.inSequence(plan.perStep());
    }

    private void parkLate(long version) {
        List<Arrival.Trainable> late = inbox.waiting().stream()
                .filter(arrival -> version - group(arrival).getOldestVersion() > plan.maxLag())
                .toList();
        if (!late.isEmpty()) {
            closer.late(late.stream().map(GroupSource::group).toList(), version, plan.maxLag());
            inbox.leave(late);
        }
    }

    private void receive() throws InterruptedException {
        Optional<Arrival> arrival = feed.next(WAIT);
        if (arrival.isEmpty()) {
            return;
        }
        if (arrival.get() instanceof Arrival.Trainable trainable) {
            if (!inbox.add(trainable)) {
                metrics.duplicate();
            }
        } else if (arrival.get() instanceof Arrival.Unreadable unreadable) {
            refuse(unreadable);
        }
    }

    private void refuse(Arrival.Unreadable unreadable) {
        if (!inbox.hasEnded(unreadable)) {
            closer.unreadable(unreadable);
        }
        inbox.end(unreadable);
    }

    private Batch batch(List<Arrival.Trainable> chosen, TrainerState state) {
        offered = chosen;
        List<List<Example>> examples = new ArrayList<>();
        chosen.forEach(arrival -> examples.add(arrival.content().pack(packer)));
        return new Batch(
                examples,
                chosen.stream().map(GroupSource::group).toList(),
                OffsetRanges.of(topic, chosen.stream().map(Arrival::offset).toList()),
                state.position().at(inbox.positionWithout(chosen)));
    }

    @Override
    public void used(Batch batch) {
        inbox.leave(offered);
        offered = List.of();
    }

    @Override
    public void drain() throws InterruptedException {
        while (!stop.exiting()) {
            List<Arrival.Trainable> left = inbox.waiting();
            if (left.isEmpty()) {
                receive();
            } else {
                closer.expired(left.stream().map(GroupSource::group).toList());
                inbox.leave(left);
            }
        }
    }

    private static TrainingGroup group(Arrival.Trainable arrival) {
        return arrival.content().group();
    }

    @Override
    public void close() {
        feed.close();
    }
}
