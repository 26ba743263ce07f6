package dev.tracerl.schemas.rules;

import dev.tracerl.schemas.avro.CurriculumSpec;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TaskSet;
import java.util.List;

/**
 * What the values of a run must be that trains on groups of its own responses.
 *
 * @param findings where wrong ones are noted
 */
record GroupRules(RunSpec run, Findings findings) {

    void check() {
        GroupSpec groups = run.getGroups();
        findings.atLeast(1, "groups.timeoutMillis", groups.getTimeoutMillis());
        findings.ordered(
                "groups.minMeanReward", groups.getMinMeanReward(), "groups.maxMeanReward", groups.getMaxMeanReward());
        CurriculumSpec curriculum = groups.getCurriculum();
        if (curriculum != null) {
            curriculum(curriculum);
        }
        findings.require(
                !run.getDeterministic() || groups.getMaxLag() == 0,
                "groups.maxLag",
                "must be 0 in a deterministic run, not " + groups.getMaxLag());
        tasks(run.getTasks());
    }

    private void curriculum(CurriculumSpec curriculum) {
        findings.require(
                !run.getDeterministic(),
                "groups.curriculum",
                "does not go with deterministic: its draws depend on the order in which groups end");
        findings.ordered(
                "groups.curriculum.minMeanReward",
                curriculum.getMinMeanReward(),
                "groups.curriculum.maxMeanReward",
                curriculum.getMaxMeanReward());
        findings.share("groups.curriculum.explore", curriculum.getExplore());
        findings.positiveShare("groups.curriculum.newest", curriculum.getNewest());
    }

    private void tasks(List<TaskSet> tasks) {
        findings.require(!tasks.isEmpty(), "tasks", "must name a task set at least");
        findings.distinct("tasks", tasks.stream().map(TaskSet::getSet).toList());
        for (int index = 0; index < tasks.size(); index++) {
            String key = "tasks[" + index + "]";
            findings.atLeast(1, key + ".count", tasks.get(index).getCount());
            findings.positive(key + ".weight", tasks.get(index).getWeight());
        }
    }
}
