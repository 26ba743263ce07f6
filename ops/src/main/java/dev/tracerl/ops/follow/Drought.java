package dev.tracerl.ops.follow;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Notices that a run samples group after group and none can be trained, since the newest one that was. Groups end in any
 * order and a group that passed the filters waits for its step, so that a drought is told only if few of the groups in
 * between are still open. Not thread-safe.
 */
public final class Drought {

    private static final int LEAST = 16;
    private static final int OPEN_SHARE = 4;
    private static final long NONE = -1;

    private final String runId;
    private final long limit;
    private final NavigableMap<Long, String> fruitless = new TreeMap<>();
    private long newestTrained = NONE;

    /**
     * No drought so far.
     *
     * @param groupsPerStep groups that the run trains at a time; fewer in a row tell nothing
     */
    Drought(String runId, int groupsPerStep) {
        this.runId = runId;
        this.limit = Math.max(LEAST, groupsPerStep);
    }

    /** How a run stands according to its log. */
    public static Drought of(Connection connection, AvroSerdes serdes, RunSpec run) {
        Drought drought = new Drought(run.getRunId(), run.getGroups().getGroupsPerStep());
        TopicReader.each(
                connection,
                serdes,
                RunTopics.of(run.getRunId()).groupOutcomes(),
                (key, value) -> value.ifPresent(drought::add));
        return drought;
    }

    void add(GroupOutcome outcome) {
        if (outcome.getPurpose() != Purpose.TRAINING) {
            return;
        }
        if (outcome.getOutcome() == Outcome.ACCEPTED || outcome.getOutcome() == Outcome.LATE) {
            newestTrained = Math.max(newestTrained, outcome.getSequence());
            fruitless.headMap(newestTrained, true).clear();
        } else if (outcome.getSequence() > newestTrained) {
            fruitless.put(
                    outcome.getSequence(),
                    Objects.requireNonNullElse(
                            outcome.getReason(), outcome.getOutcome().name()));
        }
    }

    /** How many groups in a row could not be trained; 0 if there is no drought. */
    public long groups() {
        if (fruitless.size() < limit) {
            return 0;
        }
        long open = fruitless.lastKey() - newestTrained - fruitless.size();
        return open * OPEN_SHARE <= fruitless.size() ? fruitless.size() : 0;
    }

    /** What goes wrong and what to do about it; empty if there is no drought. */
    public Optional<String> problem() {
        if (groups() == 0) {
            return Optional.empty();
        }
        Map<Cause, Long> causes = fruitless.values().stream()
                .map(Cause::of)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        Map.Entry<Cause, Long> main = causes.entrySet().stream()
                .max(Comparator.comparing(Map.Entry::getValue))
                .orElseThrow();
        String example = fruitless.descendingMap().values().stream()
                .filter(reason -> Cause.of(reason) == main.getKey())
                .findFirst()
                .orElseThrow();
        return Optional.of(
                "run %s learns nothing: none of the last %d groups can be trained, %d of them as in \"%s\". %s"
                        .formatted(
                                runId,
                                fruitless.size(),
                                main.getValue(),
                                example,
                                main.getKey().advice(runId)));
    }

    /** Why groups are not trained, as far as it decides what to do. */
    private enum Cause {
        ALL_EQUAL(
                "all rewards are ",
                "All answers to a task are equally good: take tasks of another difficulty, sample more per group "
                        + "(groups.samplesPerGroup), or warm up first."),
        OUT_OF_BAND(
                "mean reward ",
                "Widen groups.minMeanReward and groups.maxMeanReward, or take tasks of another difficulty."),
        NOT_REWARDED("", "Their answers could not be rewarded: tracerl audit --run %s says why.");

        private final String prefix;
        private final String advice;

        Cause(String prefix, String advice) {
            this.prefix = prefix;
            this.advice = advice;
        }

        static Cause of(String reason) {
            return reason.startsWith(ALL_EQUAL.prefix)
                    ? ALL_EQUAL
                    : reason.startsWith(OUT_OF_BAND.prefix) ? OUT_OF_BAND : NOT_REWARDED;
        }

        String advice(String runId) {
            return advice.formatted(runId);
        }
    }
}
