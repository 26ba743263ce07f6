package dev.tracerl.ops.audit;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.SampleOutcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the log says of one group, in as little memory as the checks need. Mutable; lives within one audit. */
final class GroupEntry {

    private final String groupId;
    private final BitSet arrived = new BitSet();
    private final BitSet judged = new BitSet();
    private final BitSet rewarded = new BitSet();
    private final List<Integer> copies = new ArrayList<>();
    private final List<Integer> judgedAgain = new ArrayList<>();
    private final List<Integer> strays = new ArrayList<>();
    private final List<Long> steps = new ArrayList<>();
    private @Nullable Purpose purpose;
    private @Nullable Outcome outcome;
    private @Nullable Long outcomeStep;
    private int requests;
    private int requestedSamples;
    private int outcomes;
    private int outcomeSamples;

    GroupEntry(String groupId) {
        this.groupId = groupId;
    }

    void add(RolloutRequest request) {
        requests++;
        purpose = request.getPurpose();
        requestedSamples = request.getSamples();
    }

    void arrived(int sample) {
        if (arrived.get(sample)) {
            copies.add(sample);
        }
        arrived.set(sample);
    }

    void judged(int sample) {
        if (judged.get(sample)) {
            judgedAgain.add(sample);
        }
        judged.set(sample);
    }

    void strayed(int sample) {
        strays.add(sample);
    }

    void add(GroupOutcome ended) {
        outcomes++;
        outcome = ended.getOutcome();
        outcomeStep = ended.getStep();
        outcomeSamples = ended.getSamples().size();
        for (SampleOutcome sample : ended.getSamples()) {
            if (sample.getReward() != null) {
                rewarded.set(sample.getSample());
            }
        }
    }

    void trainedIn(long step) {
        steps.add(step);
    }

    String groupId() {
        return groupId;
    }

    /** Purpose of its request; none if it was not requested. */
    @Nullable
    Purpose purpose() {
        return purpose;
    }

    /** How it ended; none while it is in flight. */
    @Nullable
    Outcome outcome() {
        return outcome;
    }

    /** Step that its outcome names. */
    @Nullable
    Long outcomeStep() {
        return outcomeStep;
    }

    int requests() {
        return requests;
    }

    int requestedSamples() {
        return requestedSamples;
    }

    int outcomes() {
        return outcomes;
    }

    int outcomeSamples() {
        return outcomeSamples;
    }

    /** Samples whose trajectory is on the log more than once, an entry for each copy. */
    List<Integer> copies() {
        return copies;
    }

    /** Samples with more than one verdict. */
    List<Integer> judgedAgain() {
        return judgedAgain;
    }

    /** Steps that say they trained it. */
    List<Long> steps() {
        return steps;
    }

    /** Samples of which more trajectories were judged or set aside than are on the log. */
    List<Integer> settledWithoutTrajectory() {
        return strays.stream()
                .distinct()
                .filter(sample -> settled(sample) > arrivals(sample))
                .toList();
    }

    private int settled(int sample) {
        return Collections.frequency(strays, sample) + (judged.get(sample) ? 1 : 0);
    }

    private int arrivals(int sample) {
        return Collections.frequency(copies, sample) + (arrived.get(sample) ? 1 : 0);
    }

    /** Rewarded samples that lack something. */
    int firstRewardedWithout(boolean trajectory) {
        BitSet missing = (BitSet) rewarded.clone();
        missing.andNot(trajectory ? arrived : judged);
        return missing.nextSetBit(0);
    }

    /** Largest sample number of a trajectory; -1 without any. */
    int largestArrived() {
        return arrived.length() - 1;
    }
}
