package dev.tracerl.ops.audit;

import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the requested groups and trajectories of one purpose went.
 *
 * @param groups groups by what became of them: {@code accepted}, {@code filtered}, {@code expired}, {@code late},
 *     {@code dead} or {@code in flight}
 * @param trajectories the requested trajectories of those groups
 */
public record Account(Map<String, Long> groups, Map<String, Long> trajectories) {

    static final String IN_FLIGHT = "in flight";

    static Account of(Collection<GroupEntry> entries, Purpose purpose) {
        Map<String, Long> groups = new TreeMap<>();
        Map<String, Long> trajectories = new TreeMap<>();
        for (GroupEntry entry : entries) {
            if (entry.purpose() == purpose) {
                Outcome outcome = entry.outcome();
                String fate = outcome == null ? IN_FLIGHT : outcome.name().toLowerCase(Locale.ROOT);
                groups.merge(fate, 1L, Long::sum);
                trajectories.merge(fate, (long) entry.requestedSamples(), Long::sum);
            }
        }
        return new Account(groups, trajectories);
    }

    /** All requested groups. */
    public long requestedGroups() {
        return groups.values().stream().mapToLong(Long::longValue).sum();
    }

    /** All requested trajectories. */
    public long requestedTrajectories() {
        return trajectories.values().stream().mapToLong(Long::longValue).sum();
    }
}
