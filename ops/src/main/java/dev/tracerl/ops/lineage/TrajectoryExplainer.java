package dev.tracerl.ops.lineage;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Collects what the log says of a trajectory. */
public final class TrajectoryExplainer {

    private static final Pattern ID = Pattern.compile("((.+)-[te]-\\d+)/(\\d+)");

    private static final Set<SampleResult> UNJUDGED = EnumSet.of(SampleResult.MISSING, SampleResult.MALFORMED);

    private final LineageLog log;

    /** Reads the log as it is now. */
    public TrajectoryExplainer(Connection connection, AvroSerdes serdes) {
        this.log = new LineageLog(connection, serdes);
    }

    /**
     * Explains a trajectory, whose id names its run.
     *
     * @throws BadInputException if it is not on the log
     */
    public Explanation explain(String trajectoryId) {
        Matcher id = ID.matcher(trajectoryId);
        if (!id.matches() || !log.runs().containsKey(id.group(2))) {
            throw new BadInputException(
                    ("'%s' is no trajectory of a run on this log; ids look like RUN-t-000017/3, runs are: %s; "
                                    + "of a run that was restored under another name, say which, with --run")
                            .formatted(
                                    trajectoryId, String.join(", ", log.runs().keySet())));
        }
        return explain(id.group(2), trajectoryId);
    }

    /**
     * Explains a trajectory of a run, which its id need not name: a restored run keeps the ids of the first one.
     *
     * @throws BadInputException if it is not on the log
     */
    public Explanation explain(String runId, String trajectoryId) {
        if (!log.runs().containsKey(runId)) {
            throw new BadInputException("there is no run %s; there are: %s"
                    .formatted(runId, String.join(", ", log.runs().keySet())));
        }
        RunTopics topics = RunTopics.of(runId);
        String group = trajectoryId.substring(0, Math.max(0, trajectoryId.lastIndexOf('/')));
        List<Trajectory> copies = log.values(topics.trajectories(), group::equals).stream()
                .filter(trajectory -> trajectory.getTrajectoryId().equals(trajectoryId))
                .toList();
        if (copies.isEmpty()) {
            throw new BadInputException("run %s has no trajectory %s; tracerl audit --run %s accounts for all of them"
                    .formatted(runId, trajectoryId, runId));
        }
        return explain(topics, copies);
    }

    private Explanation explain(RunTopics topics, List<Trajectory> copies) {
        Trajectory trajectory = copies.get(0);
        String group = trajectory.getGroupId();
        Optional<RolloutRequest> request = first(log.values(topics.rolloutRequests(), group::equals));
        Optional<Explanation.Judgment> verdict = judgment(topics, trajectory);
        Optional<GroupOutcome> outcome = first(log.values(topics.groupOutcomes(), group::equals));
        Optional<Explanation.Training> training = training(topics, trajectory);
        Optional<Lineage> sampledBy = sampledBy(trajectory);
        List<String> findings = new ArrayList<>();
        require(request.isPresent(), "its request is not on the log", findings);
        require(
                verdict.isPresent() || !wasJudged(outcome, trajectory.getSample()),
                "its group ended with it, but it has no verdict",
                findings);
        boolean trained = outcome.filter(ended -> ended.getOutcome() == Outcome.ACCEPTED)
                .filter(ended -> ended.getPurpose() == Purpose.TRAINING)
                .isPresent();
        require(
                !trained || training.map(Explanation.Training::step).isPresent(),
                "its group was accepted, but no step lists it",
                findings);
        require(sampledBy.isPresent(), "the weights that sampled it are not on the log", findings);
        sampledBy.ifPresent(lineage -> findings.addAll(lineage.findings()));
        return new Explanation(
                trajectory.getTrajectoryId(),
                trajectory.getRunId(),
                request.map(TrajectoryExplainer::request).orElse(null),
                response(trajectory, copies.size()),
                verdict.orElse(null),
                unused(topics, trajectory),
                outcome.map(ended -> group(ended, trajectory.getSample())).orElse(null),
                training.orElse(null),
                sampledBy.orElse(null),
                findings);
    }

    private static void require(boolean holds, String problem, List<String> findings) {
        if (!holds) {
            findings.add(problem);
        }
    }

    private static Explanation.Request request(RolloutRequest request) {
        Task task = request.getTask();
        return new Explanation.Request(
                request.getPurpose().name(),
                task.getTaskId(),
                task.getKind(),
                task.getPrompt(),
                task.getInputs(),
                request.getEpoch(),
                request.getSamples(),
                request.getSeed(),
                request.getIssuedAtVersion(),
                request.getIssuedAt().toString());
    }

    private static Explanation.Response response(Trajectory trajectory, int copies) {
        Segment answer = trajectory.getSegments().get(trajectory.getSegments().size() - 1);
        return new Explanation.Response(
                answer.getText(),
                answer.getKeptTokens(),
                trajectory.getStopReason().name(),
                LongStream.of(Packed.longs(trajectory.getBlockVersions()))
                        .boxed()
                        .toList(),
                trajectory.getWorker(),
                copies);
    }

    private Optional<Explanation.Judgment> judgment(RunTopics topics, Trajectory trajectory) {
        return log.values(topics.verdicts(), trajectory.getGroupId()::equals).stream()
                .filter(verdict -> verdict.getTrajectoryId().equals(trajectory.getTrajectoryId()))
                .findFirst()
                .map(verdict -> new Explanation.Judgment(
                        verdict.getVerifier() + " " + verdict.getVerifierVersion(),
                        verdict.getOutcome().name(),
                        verdict.getScore(),
                        verdict.getReason()));
    }

    private List<Explanation.Unused> unused(RunTopics topics, Trajectory trajectory) {
        return log.values(topics.strays(), trajectory.getGroupId()::equals).stream()
                .filter(stray -> stray.getTrajectoryId().equals(trajectory.getTrajectoryId()))
                .map(Explanation.Unused::of)
                .toList();
    }

    /** Whether a sample is part of its group's end; what came too late is not, and what is malformed has no verdict. */
    private static boolean wasJudged(Optional<GroupOutcome> ended, int sample) {
        return ended.map(group -> own(group, sample)
                        .filter(entry -> UNJUDGED.contains(entry.getStatus()))
                        .isEmpty())
                .orElse(false);
    }

    private static Optional<SampleOutcome> own(GroupOutcome ended, int sample) {
        return ended.getSamples().stream()
                .filter(entry -> entry.getSample() == sample)
                .findFirst();
    }

    private static Explanation.Group group(GroupOutcome ended, int sample) {
        Optional<SampleOutcome> own = own(ended, sample);
        return new Explanation.Group(
                ended.getOutcome().name(),
                ended.getReason(),
                own.map(entry -> entry.getStatus().name()).orElse("UNKNOWN"),
                own.map(SampleOutcome::getReward).orElse(null),
                ended.getLag(),
                ended.getDecidedBy());
    }

    private Optional<Explanation.Training> training(RunTopics topics, Trajectory trajectory) {
        Optional<TrainingGroup> group = first(log.values(topics.trainingGroups(), trajectory.getGroupId()::equals));
        return group.flatMap(closed -> closed.getSamples().stream()
                .filter(sample -> sample.getTrajectoryId().equals(trajectory.getTrajectoryId()))
                .findFirst()
                .map(sample -> training(closed, sample)));
    }

    private Explanation.Training training(TrainingGroup group, TrainingSample sample) {
        @Nullable
        TrainStep step = log.steps(group.getRunId()).values().stream()
                .filter(candidate -> candidate.getGroups().contains(group.getGroupId()))
                .findFirst()
                .orElse(null);
        @Nullable
        WeightManifest version =
                step == null ? null : log.versions(group.getRunId()).get(step.getVersion());
        return new Explanation.Training(
                sample.getAdvantage(),
                sample.getTokenRewards() != null || sample.getTokenAdvantages() != null,
                group.getMeanReward(),
                step == null ? null : step.getStep(),
                step == null ? null : step.getVersion(),
                version == null ? null : version.getSha256());
    }

    private Optional<Lineage> sampledBy(Trajectory trajectory) {
        long newest =
                LongStream.of(Packed.longs(trajectory.getBlockVersions())).max().orElse(-1);
        return Objects.isNull(log.versions(trajectory.getRunId()).get(newest))
                ? Optional.empty()
                : Optional.of(new LineageReader(log).of(trajectory.getRunId() + "@" + newest));
    }

    private static <T> Optional<T> first(List<T> values) {
        return values.stream().findFirst();
    }
}
