package dev.tracerl.reward.query;

import dev.tracerl.reward.query.GroupView.State;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.state.EndedGroup;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.PendingCheck;
import dev.tracerl.schemas.avro.state.RunningGroup;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Shows groups with what the stores of this instance say of their samples. */
final class GroupViews {

    private final GroupStores stores;

    GroupViews(GroupStores stores) {
        this.stores = stores;
    }

    GroupView open(OpenGroup group) {
        RolloutRequest request = group.getRequest();
        List<SampleView> samples = IntStream.range(0, request.getSamples())
                .mapToObj(sample -> sample(group, sample))
                .toList();
        return new GroupView(
                request.getGroupId(),
                State.OPEN,
                request.getPurpose().name(),
                request.getTask().getTaskId(),
                request.getIssuedAt(),
                samples,
                group.getWaiting().size(),
                group.getUnreadable(),
                null,
                stores.self().toString());
    }

    GroupView ended(EndedGroup ended) {
        GroupOutcome outcome = ended.getOutcome();
        return new GroupView(
                outcome.getGroupId(),
                State.ENDED,
                outcome.getPurpose().name(),
                outcome.getTaskId(),
                ended.getRequestedAt(),
                outcome.getSamples().stream().map(GroupViews::settled).toList(),
                0,
                0,
                EndingView.of(outcome),
                stores.self().toString());
    }

    /** A group of which no samples are known. */
    GroupView known(String groupId, State state, Purpose purpose, Optional<RunningGroup> running, int waiting) {
        return new GroupView(
                groupId,
                state,
                purpose.name(),
                running.map(RunningGroup::getTaskId).orElse(null),
                running.map(RunningGroup::getRequestedAt).orElse(null),
                List.of(),
                waiting,
                0,
                null,
                stores.self().toString());
    }

    private SampleView sample(OpenGroup group, int sample) {
        RolloutRequest request = group.getRequest();
        int partition = Ids.partition(request.getSequence());
        String id = Ids.trajectory(request.getGroupId(), sample);
        if (group.getChecking().contains(sample)) {
            Optional<PendingCheck> check = stores.checking(partition, id);
            return new SampleView(
                    sample,
                    SampleView.State.CHECKING,
                    null,
                    null,
                    null,
                    check.map(PendingCheck::getAttempt).orElse(null),
                    check.map(PendingCheck::getSentAt).orElse(null));
        }
        return stores.judged(partition, id)
                .map(judged -> settled(judged.getOutcome()))
                .orElseGet(() -> new SampleView(sample, SampleView.State.MISSING, null, null, null, null, null));
    }

    private static SampleView settled(SampleOutcome outcome) {
        boolean isMissing = outcome.getStatus() == SampleResult.MISSING;
        return new SampleView(
                outcome.getSample(),
                isMissing ? SampleView.State.MISSING : SampleView.State.SETTLED,
                outcome.getStatus().name(),
                outcome.getReward(),
                outcome.getReason(),
                null,
                null);
    }
}
