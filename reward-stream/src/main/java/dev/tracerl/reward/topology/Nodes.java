package dev.tracerl.reward.topology;

/** Names of the topology's nodes and stores. Changing a store's name loses its state. */
final class Nodes {

    static final String GROUPING = "grouping";
    static final String ADMISSION = "admission";

    static final String REQUESTS = "requests";
    static final String TRAJECTORIES = "trajectories";
    static final String CHECKS = "verification-requests";
    static final String ANSWERS = "verification-answers";
    static final String VERDICTS = "verdicts";
    static final String GROUPS = "training-groups";
    static final String OUTCOMES = "outcomes";
    static final String EVALUATIONS = "evaluations";
    static final String STATUS = "run-status";
    static final String DEAD_LETTERS = "dead-letters";
    static final String STRAYS = "strays";
    static final String STEPS = "train-steps";
    static final String MANIFESTS = "weights-history";

    static final String TASK_STORE = "tasks";
    static final String OPEN_GROUPS = "open-groups";
    static final String JUDGED_SAMPLES = "judged-samples";
    static final String CLOSED_GROUPS = "closed-groups";
    static final String PENDING_CHECKS = "pending-checks";
    static final String REQUESTED = "requested";
    static final String ADMISSION_STATE = "admission-state";
    static final String RUNNING_GROUPS = "running-groups";
    static final String TASK_REWARDS = "task-rewards";
    static final String ENDED_GROUPS = "ended-groups";
    static final String TALLIES = "evaluation-tallies";

    private Nodes() {}

    static String source(String stream) {
        return "read-" + stream;
    }

    static String door(String stream) {
        return "decode-" + stream;
    }

    static String sink(String node, String stream) {
        return node + "-write-" + stream;
    }
}
