package dev.tracerl.ops.audit;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects the records of a run, in whatever order topics are read, and accounts for every requested group and
 * trajectory. Offsets have gaps under transactions, sequence numbers must not. Not thread-safe.
 */
public final class Audit {

    private final String runId;
    private final boolean finished;
    private final Map<String, GroupEntry> groups = new LinkedHashMap<>();
    private final Map<Purpose, BitSet> sequences = new EnumMap<>(Purpose.class);
    private final List<Finding> findings = new ArrayList<>();
    private final BitSet steps = new BitSet();
    private final Map<String, Long> unreadable = new TreeMap<>();
    private final Map<String, StrayEntry> strays = new LinkedHashMap<>();
    private long verdicts;

    /**
     * An audit without records.
     *
     * @param finished whether the run is finished, so that nothing may be in flight
     */
    public Audit(String runId, boolean finished) {
        this.runId = runId;
        this.finished = finished;
    }

    /** A group was requested. */
    public void add(RolloutRequest request) {
        group(request.getGroupId()).add(request);
        sequences
                .computeIfAbsent(request.getPurpose(), purpose -> new BitSet())
                .set(Math.toIntExact(request.getSequence()));
    }

    /** A response arrived. */
    public void add(Trajectory trajectory) {
        group(trajectory.getGroupId()).arrived(trajectory.getSample());
    }

    /** A response was judged. */
    public void add(Verdict verdict) {
        verdicts++;
        group(verdict.getGroupId()).judged(verdict.getSample());
    }

    /** A response was not used. */
    public void add(Stray stray) {
        StrayEntry entry = StrayEntry.of(stray);
        if (strays.putIfAbsent(entry.origin(), entry) != null) {
            findings.add(new Finding(
                    Finding.Kind.REPEATED, entry.trajectoryId(), "is recorded as a stray twice for " + entry.origin()));
        }
        group(stray.getGroupId()).strayed(stray.getSample());
    }

    /** A group ended. */
    public void add(GroupOutcome outcome) {
        group(outcome.getGroupId()).add(outcome);
    }

    /** Groups were trained. */
    public void add(TrainStep step) {
        int number = Math.toIntExact(step.getStep());
        if (steps.get(number)) {
            findings.add(new Finding(Finding.Kind.REPEATED, "step " + number, "is on the log more than once"));
        }
        steps.set(number);
        step.getGroups().forEach(id -> group(id).trainedIn(step.getStep()));
    }

    /** A record of a topic could not be decoded. */
    public void unreadable(String topic) {
        unreadable.merge(topic, 1L, Long::sum);
    }

    private GroupEntry group(String groupId) {
        return groups.computeIfAbsent(groupId, GroupEntry::new);
    }

    /** The account, with everything that is wrong. */
    public AuditReport report() {
        List<Finding> all = new ArrayList<>(findings);
        unreadable.forEach((topic, count) -> all.add(
                new Finding(Finding.Kind.UNREADABLE, "topic " + topic, "has %d undecodable records".formatted(count))));
        all.addAll(gaps());
        GroupChecks checks = new GroupChecks(finished, steps.length() - 1L);
        groups.values().forEach(group -> all.addAll(checks.check(group)));
        List<String> duplicates = groups.values().stream()
                .flatMap(group -> group.copies().stream().map(sample -> Ids.trajectory(group.groupId(), sample)))
                .sorted()
                .toList();
        return new AuditReport(
                runId,
                finished,
                Account.of(groups.values(), Purpose.TRAINING),
                Account.of(groups.values(), Purpose.EVALUATION),
                verdicts,
                steps.cardinality(),
                duplicates,
                List.copyOf(strays.values()),
                all);
    }

    private List<Finding> gaps() {
        List<Finding> gaps = new ArrayList<>();
        sequences.forEach((purpose, seen) -> {
            for (int missing = seen.nextClearBit(0);
                    missing < seen.length();
                    missing = seen.nextClearBit(missing + 1)) {
                gaps.add(new Finding(
                        Finding.Kind.GAP, Ids.group(runId, purpose, missing), "was never requested, later ones were"));
            }
        });
        for (int missing = steps.nextClearBit(1); missing < steps.length(); missing = steps.nextClearBit(missing + 1)) {
            gaps.add(new Finding(Finding.Kind.GAP, "step " + missing, "is not on the log, later ones are"));
        }
        return gaps;
    }
}
