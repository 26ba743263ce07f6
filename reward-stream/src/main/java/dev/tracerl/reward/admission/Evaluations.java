package dev.tracerl.reward.admission;

import dev.tracerl.reward.port.Book;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.state.AdmissionState;
import dev.tracerl.schemas.avro.state.EvaluationTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evaluations of published versions on held-out tasks. Their groups are requested oldest evaluation first and through a
 * window, so that no request waits so long for a sampler that it times out.
 */
final class Evaluations {

    /** Most evaluation groups that are requested and have not ended. */
    static final int WINDOW = 16 * RunTopics.GROUP_PARTITIONS;

    private final RunSpec run;
    private final AdmissionParts parts;
    private final Book<EvaluationTally> tallies;
    private final UsableTasks tasks;
    private final Requests requests;

    Evaluations(RunSpec run, AdmissionParts parts, UsableTasks tasks, Requests requests) {
        this.run = run;
        this.parts = parts;
        this.tallies = parts.books().evaluations();
        this.tasks = tasks;
        this.requests = requests;
    }

    /** Starts what the plans foresee for a version, each evaluation once. */
    void start(AdmissionState state, long version, boolean isFinal) {
        for (EvaluationPlan plan : run.getEvaluation()) {
            int every = plan.getEveryVersions();
            boolean due = isFinal || version == 0 || (every > 0 && version % every == 0);
            String id = Ids.evaluation(plan.getSet(), version);
            if (due && tallies.find(id).isEmpty()) {
                tallies.put(id, opened(plan, version));
                state.getOpenEvaluations().add(id);
            }
        }
    }

    /** Requests as many groups as the window allows. */
    void issue(AdmissionState state) {
        int free = WINDOW - running(state);
        for (String id : state.getOpenEvaluations()) {
            EvaluationTally tally = tally(id);
            while (free > 0 && issueNext(state, tally)) {
                free--;
            }
            tallies.put(id, tally);
        }
    }

    /** Counts a group that ended. */
    void count(String id, List<SampleOutcome> samples) {
        EvaluationTally tally = tally(id);
        tally.setEnded(tally.getEnded() + 1);
        for (SampleOutcome sample : samples) {
            Double reward = sample.getReward();
            if (reward == null) {
                tally.setExcluded(tally.getExcluded() + 1);
            } else {
                tally.setSamples(tally.getSamples() + 1);
                tally.setScores(tally.getScores() + reward);
                tally.setCorrect(tally.getCorrect() + (reward >= 1 ? 1 : 0));
            }
        }
        tallies.put(id, tally);
    }

    /** Closes the evaluations of which every group ended, oldest first. */
    List<EvaluationTally> complete(AdmissionState state) {
        List<EvaluationTally> complete = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (String id : state.getOpenEvaluations()) {
            EvaluationTally tally = tally(id);
            if (tally.getEnded() == tally.getRequested()
                    && tally.getNextTask() == plan(tally).getCount()) {
                tally.setDone(true);
                tallies.put(id, tally);
                complete.add(tally);
            } else {
                open.add(id);
            }
        }
        state.setOpenEvaluations(open);
        return complete;
    }

    /** Requests the next usable task; false if there is none left. */
    private boolean issueNext(AdmissionState state, EvaluationTally tally) {
        EvaluationPlan plan = plan(tally);
        while (tally.getNextTask() < plan.getCount()) {
            int index = tally.getNextTask();
            tally.setNextTask(index + 1);
            Optional<Task> task = tasks.find(tally.getSet(), index, tally.getVersion() == 0);
            if (task.isPresent()) {
                requests.evaluation(state, plan, tally, task.get());
                tally.setRequested(tally.getRequested() + 1);
                return true;
            }
            tally.setExcluded(tally.getExcluded() + plan.getSamplesPerTask());
        }
        return false;
    }

    private int running(AdmissionState state) {
        return state.getOpenEvaluations().stream()
                .map(this::tally)
                .mapToInt(tally -> tally.getRequested() - tally.getEnded())
                .sum();
    }

    private EvaluationTally tally(String id) {
        return tallies.find(id).orElseThrow();
    }

    private EvaluationPlan plan(EvaluationTally tally) {
        return run.getEvaluation().stream()
                .filter(plan -> plan.getSet().equals(tally.getSet()))
                .findFirst()
                .orElseThrow();
    }

    private EvaluationTally opened(EvaluationPlan plan, long version) {
        return EvaluationTally.newBuilder()
                .setSet(plan.getSet())
                .setVersion(version)
                .setStartedAt(parts.clock().instant())
                .build();
    }
}
