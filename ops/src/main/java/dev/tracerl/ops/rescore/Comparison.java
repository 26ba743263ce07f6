package dev.tracerl.ops.rescore;

import dev.tracerl.ops.rescore.RescoreReport.SampleChange;
import dev.tracerl.schemas.avro.GroupSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up what changed, group by group. Not thread-safe. */
final class Comparison {

    private static final int SHOWN = 10;
    private static final Comparator<SampleChange> LARGEST = Comparator.comparingDouble(SampleChange::rewardChange)
            .thenComparingDouble(SampleChange::advantageChange)
            .reversed()
            .thenComparing(SampleChange::trajectoryId);

    private final GroupSpec before;
    private final GroupSpec after;
    private final Map<String, Long> verdicts = new TreeMap<>();
    private final List<SampleChange> changes = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final Map<Before, RescoreReport.Ended> groups = new EnumMap<>(Before.class);
    private final Mean rewardBefore = new Mean();
    private final Mean rewardAfter = new Mean();
    private int trajectories;
    private int rewardsChanged;

    /**
     * A comparison without groups.
     *
     * @param before group rules of the run
     * @param after those that are tried
     */
    Comparison(GroupSpec before, GroupSpec after) {
        this.before = before;
        this.after = after;
    }

    /** What a group was by the run's rules, and how it ended if it was not trained. */
    private enum Before {
        TRAINED,
        FILTERED,
        EXPIRED,
        DEAD;

        static Before of(LoggedGroup group, Decision old) {
            if (old.trains()) {
                return TRAINED;
            }
            return switch (group.outcome()) {
                case EXPIRED -> EXPIRED;
                case DEAD -> DEAD;
                case ACCEPTED, FILTERED, LATE -> FILTERED;
            };
        }
    }

    private static final class Mean {

        private double sum;
        private int count;

        void add(@Nullable Double value) {
            sum += value == null ? 0 : value;
            count += value == null ? 0 : 1;
        }

        @Nullable
        Double value() {
            return count == 0 ? null : sum / count;
        }
    }

    /** @param judged aligned with the group's samples */
    void add(LoggedGroup group, List<Judged> judged) {
        Decision old = Decision.of(
                group, group.samples().stream().map(LoggedSample::score).toList(), before);
        Decision now = Decision.of(group, judged.stream().map(Judged::score).toList(), after);
        check(group, old);
        groups.merge(Before.of(group, old), RescoreReport.Ended.one(now.trains()), RescoreReport.Ended::plus);
        for (int i = 0; i < judged.size(); i++) {
            LoggedSample sample = group.samples().get(i);
            count(sample, judged.get(i));
            add(new SampleChange(
                    sample.trajectoryId(),
                    sample.outcome(),
                    judged.get(i).outcome(),
                    old.rewards().get(i),
                    now.rewards().get(i),
                    old.advantages()[i],
                    now.advantages()[i]));
        }
    }

    /** The rules must make of the logged verdicts what the log says. */
    private void check(LoggedGroup group, Decision old) {
        if (!group.samples().isEmpty() && group.passed() != old.trains()) {
            findings.add(group.groupId() + (group.passed() ? " went to the trainer" : " did not go to the trainer")
                    + ", but by the run's rules it "
                    + (old.trains() ? "does" : "does not: " + old.filtered().get()));
        }
        for (int i = 0; i < group.samples().size(); i++) {
            LoggedSample sample = group.samples().get(i);
            if (!Objects.equals(sample.reward(), old.rewards().get(i))) {
                findings.add("%s has reward %s, but by its verdict and the run's rules %s"
                        .formatted(
                                sample.trajectoryId(),
                                sample.reward(),
                                old.rewards().get(i)));
            }
        }
    }

    private void count(LoggedSample sample, Judged judged) {
        trajectories++;
        if (sample.outcome() != judged.outcome() || !Objects.equals(sample.score(), judged.score())) {
            verdicts.merge(sample.outcome() + " -> " + judged.outcome(), 1L, Long::sum);
        }
    }

    private void add(SampleChange change) {
        rewardBefore.add(change.rewardBefore());
        rewardAfter.add(change.rewardAfter());
        boolean rewardChanged = !Objects.equals(change.rewardBefore(), change.rewardAfter());
        rewardsChanged += rewardChanged ? 1 : 0;
        if (rewardChanged || change.advantageChange() > 0) {
            changes.add(change);
        }
    }

    private RescoreReport.Groups groups() {
        RescoreReport.Ended trained = now(Before.TRAINED);
        RescoreReport.Ended filtered = now(Before.FILTERED);
        return new RescoreReport.Groups(
                trained.nowTrained(),
                filtered.notTrained(),
                trained.notTrained(),
                filtered.nowTrained(),
                now(Before.EXPIRED),
                now(Before.DEAD));
    }

    private RescoreReport.Ended now(Before before) {
        return groups.getOrDefault(before, RescoreReport.Ended.NONE);
    }

    /**
     * What came of it.
     *
     * @param topic where the new verdicts are
     * @param verifiers version of each verifier
     * @param settings what differs from the run's settings
     */
    RescoreReport report(
            String runId,
            String topic,
            Map<String, String> verifiers,
            List<String> settings,
            LoggedGroups.Found found) {
        List<String> all = new ArrayList<>(found.findings());
        all.addAll(findings);
        return new RescoreReport(
                runId,
                topic,
                verifiers,
                settings,
                found.inFlight(),
                trajectories,
                verdicts,
                groups(),
                new RescoreReport.Means(rewardBefore.value(), rewardAfter.value()),
                rewardsChanged,
                (int) changes.stream()
                        .filter(change -> change.advantageChange() > 0)
                        .count(),
                changes.stream()
                        .mapToDouble(SampleChange::advantageChange)
                        .max()
                        .orElse(0),
                changes.stream().sorted(LARGEST).limit(SHOWN).toList(),
                all);
    }
}
