package dev.tracerl.ops.audit;

import static dev.tracerl.ops.audit.Finding.Kind.CONTRADICTION;
import static dev.tracerl.ops.audit.Finding.Kind.REPEATED;
import static dev.tracerl.ops.audit.Finding.Kind.UNACCOUNTED;
import static dev.tracerl.ops.audit.Finding.Kind.UNKNOWN;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import java.util.ArrayList;
import java.util.List;

/** What must hold of every group. */
final class GroupChecks {

    private final boolean finished;
    private final long lastStep;

    /**
     * Checks for one run.
     *
     * @param finished whether nothing may be in flight
     * @param lastStep newest step that was read; outcomes may name a newer one
     */
    GroupChecks(boolean finished, long lastStep) {
        this.finished = finished;
        this.lastStep = lastStep;
    }

    List<Finding> check(GroupEntry group) {
        List<Finding> findings = new ArrayList<>();
        if (group.requests() == 0) {
            findings.add(new Finding(UNKNOWN, group.groupId(), "has records, but was never requested"));
            return findings;
        }
        once(group, findings);
        samples(group, findings);
        training(group, findings);
        return findings;
    }

    private void once(GroupEntry group, List<Finding> findings) {
        if (group.requests() > 1) {
            findings.add(new Finding(REPEATED, group.groupId(), "was requested " + group.requests() + " times"));
        }
        if (group.outcomes() > 1) {
            findings.add(new Finding(REPEATED, group.groupId(), "has " + group.outcomes() + " outcomes"));
        }
        if (group.outcomes() == 0 && finished) {
            findings.add(new Finding(UNACCOUNTED, group.groupId(), "has no outcome, although the run is finished"));
        }
        group.judgedAgain()
                .forEach(sample ->
                        findings.add(new Finding(REPEATED, trajectory(group, sample), "has more than one verdict")));
    }

    private static void samples(GroupEntry group, List<Finding> findings) {
        int requested = group.requestedSamples();
        if (group.largestArrived() >= requested) {
            findings.add(new Finding(
                    UNKNOWN, trajectory(group, group.largestArrived()), requested + " samples were requested"));
        }
        if (group.outcomes() > 0 && group.outcomeSamples() != requested) {
            findings.add(new Finding(
                    CONTRADICTION,
                    group.groupId(),
                    requested + " samples were requested, the outcome has " + group.outcomeSamples()));
        }
        group.settledWithoutTrajectory()
                .forEach(sample -> findings.add(new Finding(
                        CONTRADICTION,
                        trajectory(group, sample),
                        "is recorded more often as judged or stray than it is on the log")));
        int unheard = group.firstRewardedWithout(true);
        if (unheard >= 0) {
            findings.add(new Finding(UNKNOWN, trajectory(group, unheard), "was rewarded, but is not on the log"));
        }
        int unjudged = group.firstRewardedWithout(false);
        if (unjudged >= 0) {
            findings.add(new Finding(UNKNOWN, trajectory(group, unjudged), "was rewarded, but has no verdict"));
        }
    }

    private void training(GroupEntry group, List<Finding> findings) {
        boolean accepted = group.outcome() == Outcome.ACCEPTED && group.purpose() == Purpose.TRAINING;
        List<Long> steps = group.steps();
        if (steps.size() > 1) {
            findings.add(new Finding(REPEATED, group.groupId(), "was trained in steps " + steps));
        }
        if (!accepted && !steps.isEmpty()) {
            findings.add(new Finding(
                    CONTRADICTION,
                    group.groupId(),
                    "was trained in step " + steps.get(0) + ", but is not accepted for training"));
        }
        if (accepted) {
            accepted(group, findings);
        }
    }

    private void accepted(GroupEntry group, List<Finding> findings) {
        Long step = group.outcomeStep();
        if (step == null) {
            findings.add(new Finding(CONTRADICTION, group.groupId(), "is accepted, but names no step"));
        } else if (step <= lastStep && !group.steps().contains(step)) {
            findings.add(new Finding(
                    CONTRADICTION, group.groupId(), "is accepted for step " + step + ", which does not list it"));
        }
    }

    private static String trajectory(GroupEntry group, int sample) {
        return Ids.trajectory(group.groupId(), sample);
    }
}
