package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.state.JudgedSample;
import dev.tracerl.schemas.avro.state.OpenGroup;
import java.util.Optional;

/** Settles the samples of an open group, each once: the first copy of a trajectory wins. */
final class SampleDesk {

    private final GroupingParts parts;
    private final Judge judge;
    private final RewardRule rule;

    SampleDesk(RunSpec run, GroupingParts parts) {
        this.parts = parts;
        this.judge = new Judge(parts.verifiers(), parts.clock());
        this.rule = new RewardRule(run.getGroups().getTruncation());
    }

    /** Settles the sample of a trajectory and marks it in the group, whose request is known. */
    void settle(OpenGroup group, Incoming incoming) {
        RolloutRequest request = group.getRequest();
        Trajectory trajectory = incoming.trajectory();
        int sample = trajectory.getSample();
        if (sample >= request.getSamples()) {
            parts.outbox().refuse(incoming.origin(), "sample " + sample + " of a group of " + request.getSamples());
        } else if (group.getJudged().contains(sample)) {
            parts.metrics().duplicate(trajectory.getTrajectoryId());
        } else {
            group.getJudged().add(sample);
            parts.books().samples().put(trajectory.getTrajectoryId(), settled(request, incoming));
        }
    }

    private JudgedSample settled(RolloutRequest request, Incoming incoming) {
        Trajectory trajectory = incoming.trajectory();
        Optional<String> problem = TrajectoryCheck.problem(request, trajectory);
        if (problem.isPresent()) {
            parts.outbox().refuse(incoming.origin(), problem.get());
            return RewardRule.malformed(trajectory.getSample(), problem.get());
        }
        Verdict verdict = judge.judge(request, trajectory);
        parts.outbox().verdict(verdict);
        return rule.settle(trajectory, verdict);
    }
}
