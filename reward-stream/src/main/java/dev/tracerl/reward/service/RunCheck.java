package dev.tracerl.reward.service;

import dev.tracerl.schemas.avro.CurriculumSpec;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.NonRewardRule;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TaskSet;
import java.util.ArrayList;
import java.util.List;

/** Finds what this service cannot work with in a run, all at once. */
final class RunCheck {

    private final List<String> problems = new ArrayList<>();

    private RunCheck() {}

    /** One sentence per problem, naming the field, its value and the bound; empty if there is none. */
    static List<String> problems(RunSpec run) {
        RunCheck check = new RunCheck();
        check.require(run.getMethod() != Method.UNKNOWN, "method is unknown to this version");
        if (run.getMethod() == Method.TRACERL) {
            check.training(run);
        }
        run.getEvaluation().forEach(check::evaluation);
        check.distinct(
                "evaluation",
                run.getEvaluation().stream().map(EvaluationPlan::getSet).toList());
        check.stop(run);
        return List.copyOf(check.problems);
    }

    private void training(RunSpec run) {
        GroupSpec groups = run.getGroups();
        atLeast("sampler.blockSize", run.getSampler().getBlockSize(), 1);
        atLeast("groups.groupsPerStep", groups.getGroupsPerStep(), 1);
        atLeast("groups.samplesPerGroup", groups.getSamplesPerGroup(), 1);
        atLeast("groups.maxLag", groups.getMaxLag(), 0);
        atLeast("groups.timeoutMillis", groups.getTimeoutMillis(), 1);
        atLeast("weights.publishEverySteps", run.getWeights().getPublishEverySteps(), 1);
        require(
                groups.getMinMeanReward() <= groups.getMaxMeanReward(),
                "groups.minMeanReward is above groups.maxMeanReward");
        require(
                groups.getNonRewards() != NonRewardRule.UNKNOWN,
                "groups.nonRewards is unknown to this version, use EXCLUDE_SAMPLE, INCORRECT or EXCLUDE_GROUP");
        require(!run.getDeterministic() || groups.getMaxLag() == 0, "deterministic needs groups.maxLag 0");
        curriculum(run);
        require(!run.getTasks().isEmpty(), "tasks is empty");
        distinct("tasks", run.getTasks().stream().map(TaskSet::getSet).toList());
        for (TaskSet set : run.getTasks()) {
            atLeast("tasks." + set.getSet() + ".count", set.getCount(), 1);
            double weight = set.getWeight();
            require(weight > 0 && Double.isFinite(weight), "tasks." + set.getSet() + ".weight is " + weight);
        }
    }

    private void curriculum(RunSpec run) {
        CurriculumSpec curriculum = run.getGroups().getCurriculum();
        if (curriculum == null) {
            return;
        }
        require(
                !run.getDeterministic(),
                "deterministic does not go with groups.curriculum: its draws depend on the order in which groups end");
        require(
                curriculum.getMinMeanReward() <= curriculum.getMaxMeanReward(),
                "groups.curriculum.minMeanReward is above groups.curriculum.maxMeanReward");
        double explore = curriculum.getExplore();
        require(explore >= 0 && explore <= 1, "groups.curriculum.explore is " + explore + ", must be in [0, 1]");
        double newest = curriculum.getNewest();
        require(newest > 0 && newest <= 1, "groups.curriculum.newest is " + newest + ", must be in (0, 1]");
    }

    private void evaluation(EvaluationPlan plan) {
        String name = "evaluation." + plan.getSet();
        atLeast(name + ".count", plan.getCount(), 1);
        atLeast(name + ".samplesPerTask", plan.getSamplesPerTask(), 1);
        atLeast(name + ".sampler.blockSize", plan.getSampler().getBlockSize(), 1);
        atLeast(name + ".everyVersions", plan.getEveryVersions(), 0);
    }

    private void stop(RunSpec run) {
        StopRule stop = run.getStop();
        atLeast("stop.maxSteps", stop.getMaxSteps(), 0);
        String set = stop.getTargetSet();
        boolean planned =
                run.getEvaluation().stream().anyMatch(plan -> plan.getSet().equals(set));
        require(set == null || planned, "stop.targetSet is " + set + ", which no evaluation plan has");
        require((set == null) == (stop.getTargetAccuracy() == null), "stop needs both targetSet and targetAccuracy");
    }

    private void distinct(String field, List<String> sets) {
        require(sets.stream().distinct().count() == sets.size(), field + " names a task set twice");
    }

    private void atLeast(String field, long value, long least) {
        require(value >= least, field + " is " + value + ", must be at least " + least);
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
