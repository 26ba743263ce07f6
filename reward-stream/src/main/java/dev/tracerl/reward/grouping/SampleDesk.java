package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StrayKind;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.avro.state.JudgedSample;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.PendingCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Settles the samples of an open group, each once: the first copy of a trajectory wins. */
final class SampleDesk {

    private final GroupingParts parts;
    private final LiveGroups open;
    private final Judge judge;
    private final CheckDesk checks;
    private final RewardRule rule;

    SampleDesk(RunSpec run, GroupingParts parts, LiveGroups open) {
        this.parts = parts;
        this.open = open;
        this.judge = new Judge(parts.verifiers(), parts.clock());
        this.checks = new CheckDesk(parts);
        this.rule =
                new RewardRule(run.getGroups().getTruncation(), run.getGroups().getNonRewards());
    }

    /** Settles the sample of a trajectory and marks it in the group, whose request is known. */
    void settle(OpenGroup group, Incoming incoming) {
        RolloutRequest request = group.getRequest();
        Trajectory trajectory = incoming.trajectory();
        int sample = trajectory.getSample();
        if (sample >= request.getSamples()) {
            parts.outbox().refuse(incoming.origin(), "sample " + sample + " of a group of " + request.getSamples());
        } else if (group.getJudged().contains(sample)) {
            parts.outbox()
                    .stray(Strays.of(
                            incoming, StrayKind.DUPLICATE, parts.clock().instant()));
        } else {
            group.getJudged().add(sample);
            take(group, incoming);
        }
    }

    /**
     * Settles a sample that waits for a worker.
     *
     * @return whether it waited; if not, it is settled already
     */
    boolean answered(OpenGroup group, VerificationAnswer answer) {
        Optional<Trajectory> waiting = checks.take(answer.getTrajectoryId());
        waiting.ifPresent(
                trajectory -> settle(group, trajectory, judge.answered(group.getRequest(), trajectory, answer)));
        return waiting.isPresent();
    }

    /** Settles the samples of a group that still wait for a worker, without an answer. */
    void giveUp(OpenGroup group, String reason) {
        List.copyOf(group.getChecking()).forEach(sample -> giveUp(group, sample, reason));
    }

    /**
     * Sends checks again that were not answered in time, or gives them up.
     *
     * @param forever whether they are never given up
     * @param changed takes the groups of which a sample was given up
     */
    void recheck(boolean forever, Consumer<OpenGroup> changed) {
        for (Map.Entry<String, PendingCheck> entry : checks.overdue()) {
            PendingCheck check = entry.getValue();
            OpenGroup group = open.find(check.getGroupId()).orElseThrow();
            if (forever || checks.mayAskAgain(check)) {
                unanswered(group.getRequest());
                checks.askAgain(group.getRequest(), check);
            } else {
                int sample =
                        Integer.parseInt(entry.getKey().substring(entry.getKey().lastIndexOf('/') + 1));
                giveUp(group, sample, "no worker answered within " + parts.checkRules());
                changed.accept(group);
            }
        }
    }

    private void giveUp(OpenGroup group, int sample, String reason) {
        RolloutRequest request = group.getRequest();
        checks.take(Ids.trajectory(request.getGroupId(), sample)).ifPresent(trajectory -> {
            unanswered(request);
            settle(group, trajectory, judge.unanswered(request, trajectory, reason));
        });
    }

    private void unanswered(RolloutRequest request) {
        parts.metrics()
                .checkUnanswered(request.getTask().getKind(), parts.clock().instant());
    }

    private void settle(OpenGroup group, Trajectory trajectory, Verdict verdict) {
        parts.outbox().verdict(verdict);
        parts.books().samples().put(trajectory.getTrajectoryId(), rule.settle(trajectory, verdict));
        List<Integer> checking = new ArrayList<>(group.getChecking());
        checking.removeIf(sample -> sample == trajectory.getSample());
        group.setChecking(checking);
    }

    private void take(OpenGroup group, Incoming incoming) {
        RolloutRequest request = group.getRequest();
        Trajectory trajectory = incoming.trajectory();
        Optional<String> problem = TrajectoryCheck.problem(request, trajectory);
        if (problem.isPresent()) {
            parts.outbox().refuse(incoming.origin(), problem.get());
            JudgedSample malformed = RewardRule.malformed(trajectory.getSample(), problem.get());
            parts.books().samples().put(trajectory.getTrajectoryId(), malformed);
            return;
        }
        Optional<Verdict> verdict = judge.judge(request, trajectory);
        if (verdict.isPresent()) {
            settle(group, trajectory, verdict.get());
        } else {
            group.getChecking().add(trajectory.getSample());
            checks.ask(request, incoming);
        }
    }
}
