package dev.tracerl.schemas;

import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.avro.VerificationRequest;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightPin;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The topics of one run, in the order of the flow. Each carries the run's id as prefix, so that runs live side by side.
 *
 * <p>{@link #rolloutRequests()} and {@link #trajectories()} are co-partitioned: a group's records have the partition
 * {@code sequence mod partitions}, written explicitly, so that workers share the groups evenly.
 */
public final class RunTopics {

    /** Partitions of the topics that are keyed by group: the most rollout workers that share a run. */
    public static final int GROUP_PARTITIONS = 8;

    private static final Pattern RUN_ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");

    /** What {@link #isRunId} wants, for messages. */
    public static final String RUN_ID_RULE =
            "must be 1 to 100 lower-case letters, digits, dashes and dots, starting with a letter or digit";

    private final String runId;

    private RunTopics(String runId) {
        this.runId = runId;
    }

    /**
     * The topics of a run.
     *
     * @throws IllegalArgumentException if the id is not made of lower-case letters, digits, dashes and dots
     */
    public static RunTopics of(String runId) {
        if (!isRunId(runId)) {
            throw new IllegalArgumentException("run id '" + runId + "' " + RUN_ID_RULE);
        }
        return new RunTopics(runId);
    }

    /** Whether a run may have this name: its topics begin with it. */
    public static boolean isRunId(String name) {
        return RUN_ID.matcher(name).matches();
    }

    /** Demonstrations for supervised training. */
    public Topic<Trajectory> demonstrations() {
        return Topics.kept(name("demonstrations"), Trajectory.class, 1);
    }

    /** Groups to sample. */
    public Topic<RolloutRequest> rolloutRequests() {
        return Topics.kept(name("rollout-requests"), RolloutRequest.class, GROUP_PARTITIONS);
    }

    /** Sampled responses. */
    public Topic<Trajectory> trajectories() {
        return Topics.kept(name("trajectories"), Trajectory.class, GROUP_PARTITIONS);
    }

    /** Checks for the verification workers. */
    public Topic<VerificationRequest> verificationRequests() {
        return Topics.kept(name("verification-requests"), VerificationRequest.class, GROUP_PARTITIONS);
    }

    /** What the verification workers found. */
    public Topic<VerificationAnswer> verificationAnswers() {
        return Topics.kept(name("verification-answers"), VerificationAnswer.class, GROUP_PARTITIONS);
    }

    /** One judgment per trajectory. */
    public Topic<Verdict> verdicts() {
        return Topics.kept(name("verdicts"), Verdict.class, GROUP_PARTITIONS);
    }

    /** One record per requested group; one partition, read by admission. */
    public Topic<GroupOutcome> groupOutcomes() {
        return Topics.kept(name("group-outcomes"), GroupOutcome.class, 1);
    }

    /** Closed groups in the order in which the trainer takes them; one partition. */
    public Topic<TrainingGroup> trainingGroups() {
        return Topics.kept(name("training-groups"), TrainingGroup.class, 1);
    }

    /** Groups that were older than the run allows. */
    public Topic<TrainingGroup> late() {
        return Topics.kept(name("late"), TrainingGroup.class, 1);
    }

    /** Newest version, for late joiners. */
    public Topic<WeightManifest> weights() {
        return Topics.compacted(name("weights"), WeightManifest.class, 1);
    }

    /** Every version, for audit. */
    public Topic<WeightManifest> weightsHistory() {
        return Topics.kept(name("weights-history"), WeightManifest.class, 1);
    }

    /** Bytes of the versions; old ones are tombstoned by the run's weight plan. */
    public Topic<WeightChunk> weightChunks() {
        return Topics.compacted(name("weight-chunks"), WeightChunk.class, 1);
    }

    /** Which versions' bytes are kept whatever the weight plan says; the trainer reads it before it drops any. */
    public Topic<WeightPin> weightPins() {
        return Topics.compacted(name("weight-pins"), WeightPin.class, 1);
    }

    /** Trainer states that are kept; old ones are tombstoned by the run's weight plan. */
    public Topic<TrainerStateManifest> trainerStates() {
        return Topics.compacted(name("trainer-states"), TrainerStateManifest.class, 1);
    }

    /** Bytes of the trainer states; the version of a chunk is the step. */
    public Topic<WeightChunk> trainerStateChunks() {
        return Topics.compacted(name("trainer-state-chunks"), WeightChunk.class, 1);
    }

    /** One record per training step. */
    public Topic<TrainStep> trainSteps() {
        return Topics.kept(name("train-steps"), TrainStep.class, 1);
    }

    /** Results of the evaluations. */
    public Topic<Evaluation> evaluations() {
        return Topics.kept(name("evaluations"), Evaluation.class, 1);
    }

    /** Records that could not be processed. */
    public Topic<DeadLetter> deadLetters() {
        return Topics.kept(name("dead-letters"), DeadLetter.class, 1);
    }

    /** Trajectories that were not used: copies, and those of groups that had ended. */
    public Topic<Stray> strays() {
        return Topics.kept(name("strays"), Stray.class, 1);
    }

    /** Judgments of the run's trajectories by another verifier, beside those that counted; not one of {@link #all()}. */
    public Topic<Verdict> rescoredVerdicts(String name) {
        if (!RUN_ID.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name '" + name + "': use 1 to 100 lower-case letters, digits, dashes and dots");
        }
        return Topics.kept(name("rescore-" + name + ".verdicts"), Verdict.class, GROUP_PARTITIONS);
    }

    /** All topics of the run. */
    public List<Topic<?>> all() {
        return List.of(
                demonstrations(),
                rolloutRequests(),
                trajectories(),
                verificationRequests(),
                verificationAnswers(),
                verdicts(),
                groupOutcomes(),
                trainingGroups(),
                late(),
                weights(),
                weightsHistory(),
                weightChunks(),
                weightPins(),
                trainerStates(),
                trainerStateChunks(),
                trainSteps(),
                evaluations(),
                deadLetters(),
                strays());
    }

    /**
     * The topic with the bytes of what the records of a topic announce, such as weights: in the order of the flow the
     * next one that holds chunks; none for the topics of which no chunks follow.
     */
    public Optional<Topic<?>> chunksOf(Topic<?> manifests) {
        List<Topic<?>> all = all();
        return all.subList(all.indexOf(manifests) + 1, all.size()).stream()
                .filter(topic -> topic.valueType() == WeightChunk.class)
                .findFirst();
    }

    /** Name of a consumer group, Streams application or transactional id of this run. */
    public String client(String role) {
        return name(role);
    }

    private String name(String suffix) {
        return runId + "." + suffix;
    }
}
