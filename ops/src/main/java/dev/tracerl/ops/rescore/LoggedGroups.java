package dev.tracerl.ops.rescore;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads the training groups of a run that have ended, with what is needed to judge them again. Topics are read against
 * the flow, so that whatever a group consists of is read after its outcome.
 */
final class LoggedGroups {

    /** Samples that nobody has judged. */
    private static final Set<SampleResult> UNJUDGED = EnumSet.of(SampleResult.MISSING, SampleResult.MALFORMED);

    private final Connection connection;
    private final AvroSerdes serdes;
    private final Map<String, GroupOutcome> outcomes = new HashMap<>();
    private final Map<String, Verdict> verdicts = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<Long, RolloutRequest> requests = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private int inFlight;

    private LoggedGroups(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.serdes = serdes;
    }

    private record Answer(String text, boolean cut) {}

    /**
     * What was read.
     *
     * @param groups in the order of their numbers
     * @param inFlight requested groups of the range without an outcome
     * @param findings what the log should hold and does not
     */
    record Found(List<LoggedGroup> groups, int inFlight, List<String> findings) {}

    static Found read(Connection connection, AvroSerdes serdes, String runId, Range range) {
        return new LoggedGroups(connection, serdes).read(RunTopics.of(runId), range);
    }

    private Found read(RunTopics topics, Range range) {
        each(topics.groupOutcomes(), outcome -> {
            if (outcome.getPurpose() == Purpose.TRAINING) {
                outcomes.put(outcome.getGroupId(), outcome);
            }
        });
        each(topics.verdicts(), verdict -> verdicts.putIfAbsent(verdict.getTrajectoryId(), verdict));
        each(
                topics.trajectories(),
                trajectory -> answers.putIfAbsent(trajectory.getTrajectoryId(), answer(trajectory)));
        each(topics.rolloutRequests(), request -> {
            if (request.getPurpose() == Purpose.TRAINING && range.holds(request)) {
                requests.put(request.getSequence(), request);
            }
        });
        List<LoggedGroup> groups = new ArrayList<>();
        requests.values().forEach(request -> add(request, groups));
        return new Found(List.copyOf(groups), inFlight, findings);
    }

    private static Answer answer(Trajectory trajectory) {
        List<Segment> segments = trajectory.getSegments();
        return new Answer(segments.get(segments.size() - 1).getText(), trajectory.getStopReason() == StopReason.LENGTH);
    }

    private void add(RolloutRequest request, List<LoggedGroup> groups) {
        GroupOutcome outcome = outcomes.get(request.getGroupId());
        if (outcome == null) {
            inFlight++;
            return;
        }
        List<LoggedSample> samples = new ArrayList<>();
        for (SampleOutcome sample : outcome.getSamples()) {
            if (!UNJUDGED.contains(sample.getStatus())) {
                add(request.getGroupId() + "/" + sample.getSample(), sample, samples);
            }
        }
        boolean passed = outcome.getOutcome() == Outcome.ACCEPTED
                || outcome.getDecidedBy().equals("trainer-consumer");
        groups.add(new LoggedGroup(
                request.getGroupId(), request.getTask(), request.getSamples(), passed, outcome.getOutcome(), samples));
    }

    private void add(String trajectoryId, SampleOutcome sample, List<LoggedSample> samples) {
        Answer answer = answers.get(trajectoryId);
        Verdict verdict = verdicts.get(trajectoryId);
        if (answer == null || verdict == null) {
            findings.add(trajectoryId + " counted, but its " + (answer == null ? "trajectory" : "verdict")
                    + " is not on the log");
            return;
        }
        samples.add(new LoggedSample(
                trajectoryId,
                sample.getSample(),
                answer.text(),
                answer.cut(),
                verdict.getOutcome(),
                verdict.getScore(),
                sample.getReward()));
    }

    private <V extends SpecificRecord> void each(Topic<V> topic, Consumer<V> handler) {
        TopicReader.each(connection, serdes, topic, (key, value) -> value.ifPresent(handler));
    }
}
