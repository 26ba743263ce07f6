package dev.tracerl.rollout.sample;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.Sampler;
import dev.tracerl.rollout.group.Client;
import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.group.SampledTrajectory;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A batch and the groups in it. The time of a round is shared evenly by the sequences that took part. */
final class RunningBatch implements AutoCloseable {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Sampler sequences;
    private final @Nullable PolicyWeights pinned;
    private final IdentityHashMap<SampleRequest, Member> members = new IdentityHashMap<>();
    private final Set<String> keys = new HashSet<>();
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

    /** The only weights of this batch, if it does not follow the newest. */
    Optional<PolicyWeights> pinned() {
        return Optional.ofNullable(pinned);
    }

    void add(RolloutGroup group, Instant now) {
        String key = GroupKeys.of(group);
        int[] prompt = group.prompt().tokens();
        long seed = group.request().getSeed();
        List<SampleRequest> requests = IntStream.range(0, group.samples())
                .mapToObj(sample -> new SampleRequest(key, sample, prompt, seed))
                .toList();
        sequences.add(requests);
        Member member = new Member(group, now, shareMillis);
        requests.forEach(request -> members.put(request, member));
        keys.add(key);
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
        Member member = members.remove(sample.request());
        if (member == null) {
            throw new IllegalStateException("the sampler returned an unknown sample: " + sample.request());
        }
        SampledResponse response = sample.response();
        member.distinct.add(Arrays.hashCode(Arrays.copyOf(response.tokens(), response.keptTokens())));
        if (++member.finished == member.group.samples()) {
            keys.remove(sample.request().groupKey());
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

    /** Ends samples that no client wants any more. */
    void dropUnwanted() {
        Set<SampleRequest> unwanted = Collections.newSetFromMap(new IdentityHashMap<>());
        members.forEach((request, member) -> {
            if (!client(member).wants(request.sample())) {
                unwanted.add(request);
            }
        });
        if (!unwanted.isEmpty()) {
            sequences.drop(unwanted::contains);
            unwanted.forEach(members::remove);
        }
    }

    /** Tells clients of the blocks of unfinished samples. */
    void reportProgress() {
        if (members.values().stream().noneMatch(member -> client(member).follows())) {
            return;
        }
        for (FinishedSample sample : sequences.unfinished()) {
            Client client = client(sample.request());
            if (client.follows()) {
                client.progressed(sample.request().sample(), sample.response());
            }
        }
    }

    /** Tells clients that nothing more comes. */
    void fail(String reason) {
        new HashSet<>(members.values()).forEach(member -> client(member).failed(reason));
    }

    private Client client(SampleRequest request) {
        return client(Objects.requireNonNull(members.get(request)));
    }

    private static Client client(Member member) {
        return Objects.requireNonNull(member.group.client(), "only groups of clients are reported on");
    }

    boolean holds(RolloutGroup group) {
        return keys.contains(GroupKeys.of(group));
    }

    int active() {
        return sequences.active();
    }

    @Override
    public void close() {
        sequences.close();
    }
}
