package dev.tracerl.rollout.sample;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.Sampler;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.group.SampledTrajectory;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A batch and the groups in it. The time of a round is shared evenly by the sequences that took part. */
final class RunningBatch implements AutoCloseable {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Sampler sequences;
    private final @Nullable PolicyWeights pinned;
    private final Map<String, Member> members = new HashMap<>();
    private double shareMillis;

    private static final class Member {
        private final RolloutGroup group;
        private final Instant started;
        private final double shareAtStart;
        private final Set<Integer> distinct = new HashSet<>();
        private int finished;

        Member(RolloutGroup group, Instant started, double shareAtStart) {
            this.group = group;
            this.started = started;
            this.shareAtStart = shareAtStart;
        }
    }

    /** @param pinned the only weights of this batch; absent if it follows the newest */
    RunningBatch(Sampler sequences, @Nullable PolicyWeights pinned) {
        this.sequences = sequences;
        this.pinned = pinned;
    }

    void add(RolloutGroup group, Instant now) {
        String key = GroupKeys.of(group.request());
        int[] prompt = group.prompt().tokens();
        long seed = group.request().getSeed();
        sequences.add(IntStream.range(0, group.samples())
                .mapToObj(sample -> new SampleRequest(key, sample, prompt, seed))
                .toList());
        members.put(key, new Member(group, now, shareMillis));
    }

    /**
     * One block round.
     *
     * @param newest weights for batches that are not pinned
     */
    List<SampledTrajectory> round(@Nullable PolicyWeights newest, RoundListener listener) {
        PolicyWeights weights = pinned == null ? newest : pinned;
        if (weights == null) {
            throw new IllegalStateException("a batch started without weights");
        }
        int active = sequences.active();
        long start = System.nanoTime();
        List<FinishedSample> finished = sequences.advance(weights.parameters(), weights.version());
        long nanos = System.nanoTime() - start;
        shareMillis += nanos / NANOS_PER_MILLI / Math.max(1, active);
        listener.round(Duration.ofNanos(nanos));
        return finished.stream().map(sample -> finish(sample, listener)).toList();
    }

    private SampledTrajectory finish(FinishedSample sample, RoundListener listener) {
        String key = sample.request().groupKey();
        Member member = members.get(key);
        if (member == null) {
            throw new IllegalStateException("the sampler returned a sample of an unknown group " + key);
        }
        SampledResponse response = sample.response();
        member.distinct.add(Arrays.hashCode(Arrays.copyOf(response.tokens(), response.keptTokens())));
        if (++member.finished == member.group.samples()) {
            members.remove(key);
            listener.grouped(member.finished, member.distinct.size());
        }
        return new SampledTrajectory(
                member.group,
                sample.request().sample(),
                response,
                Duration.between(member.group.request().getIssuedAt(), member.started)
                        .toMillis(),
                shareMillis - member.shareAtStart);
    }

    boolean holds(RolloutGroup group) {
        return members.containsKey(GroupKeys.of(group.request()));
    }

    int active() {
        return sequences.active();
    }

    @Override
    public void close() {
        sequences.close();
    }
}
