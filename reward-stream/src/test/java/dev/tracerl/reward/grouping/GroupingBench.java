package dev.tracerl.reward.grouping;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.reward.port.MapBook;
import dev.tracerl.reward.port.Origin;
import dev.tracerl.reward.port.RecordingOutbox;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.avro.state.JudgedSample;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.PendingCheck;
import dev.tracerl.schemas.avro.state.SeenSamples;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.Verifiers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Grouping on books in memory, with a clock that is set by hand. */
final class GroupingBench {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Asked twice, 2 s each. */
    static final CheckRules CHECK_RULES = new CheckRules(Duration.ofSeconds(2), 2);

    private static final AvroSerdes SERDES = new AvroSerdes("mock://grouping");
    private static final Serializer<Trajectory> SERIALIZER = SERDES.serializer();
    private static final Deserializer<Trajectory> DESERIALIZER = SERDES.deserializer(Trajectory.class);
    private static final String TOPIC = "toy.trajectories";

    final RunSpec run;
    private final Map<String, Verifier> verifiers;
    final RecordingOutbox outbox = new RecordingOutbox();
    final MapBook<OpenGroup> open = new MapBook<>();
    final MapBook<JudgedSample> samples = new MapBook<>();
    final MapBook<PendingCheck> checks = new MapBook<>();
    final MapBook<SeenSamples> closed = new MapBook<>();
    private final MapBook<Long> requested = new MapBook<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = START;
    private long offset;
    private Grouping grouping;

    GroupingBench(RunSpec run) {
        this(run, Verifiers.byKind());
    }

    GroupingBench(RunSpec run, Map<String, Verifier> verifiers) {
        this.run = run;
        this.verifiers = verifiers;
        restart();
    }

    /** Everything but the books is lost. */
    void restart() {
        GroupingParts parts = new GroupingParts(
                new GroupBooks(open, samples, checks, requested, closed),
                outbox,
                bytes -> DESERIALIZER.deserialize(TOPIC, bytes),
                verifiers,
                CHECK_RULES,
                () -> now,
                new RewardMetrics(meters, Runs.RUN));
        grouping = new Grouping(run, parts);
    }

    /** Nobody is there for a time, and then another. */
    void down(Duration time) {
        now = now.plus(time);
        restart();
    }

    RolloutRequest training(long sequence) {
        return request(sequence, Purpose.TRAINING).build();
    }

    RolloutRequest evaluation(long sequence, long version) {
        return request(sequence, Purpose.EVALUATION)
                .setPinnedVersion(version)
                .setEvaluationId(Ids.evaluation(Runs.TEST, version))
                .build();
    }

    private RolloutRequest.Builder request(long sequence, Purpose purpose) {
        return RolloutRequest.newBuilder()
                .setRunId(Runs.RUN)
                .setGroupId(Ids.group(Runs.RUN, purpose, sequence))
                .setSequence(sequence)
                .setPurpose(purpose)
                .setTask(Records.task(Runs.TRAIN, 0))
                .setEpoch(0)
                .setSamples(run.getGroups().getSamplesPerGroup())
                .setSampler(Runs.sampler())
                .setSeed(1)
                .setIssuedAtVersion(3)
                .setIssuedAt(now);
    }

    RolloutRequest requested(RolloutRequest request) {
        grouping.requested(request, new Origin("toy.rollout-requests", 0, offset++, new byte[0], new byte[0]));
        return request;
    }

    void arrive(Trajectory trajectory) {
        byte[] bytes = SERIALIZER.serialize(TOPIC, trajectory);
        grouping.arrived(new Incoming(trajectory, origin(trajectory.getGroupId(), bytes)));
    }

    void answer(RolloutRequest request, int sample, String answer) {
        arrive(Records.trajectory(request, sample, answer));
    }

    /** A group of tasks that workers check. */
    RolloutRequest slow(long sequence) {
        RolloutRequest request = training(sequence);
        request.getTask().setKind("code");
        return requested(request);
    }

    void found(VerificationAnswer answer) {
        grouping.answered(answer, origin(answer.getGroupId(), new byte[] {4}));
    }

    void unreadable(String groupId) {
        grouping.unreadable(origin(groupId, new byte[] {1, 2, 3}));
    }

    int passes(Duration time) {
        now = now.plus(time);
        return grouping.expire();
    }

    double duplicates() {
        return meters.counter("rl.duplicates.suppressed", "run", Runs.RUN).count();
    }

    double unanswered(String kind) {
        return meters.counter("reward.checks.unanswered", "run", Runs.RUN, "verifier", kind)
                .count();
    }

    private Origin origin(String key, byte[] value) {
        return new Origin(TOPIC, 0, offset++, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
