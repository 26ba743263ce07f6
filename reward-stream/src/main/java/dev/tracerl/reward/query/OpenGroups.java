package dev.tracerl.reward.query;

import java.util.List;

/**
 * Open groups of one instance.
 *
 * @param truncated whether it has more of them
 * @param others where the other instances are asked for theirs
 */
public record OpenGroups(String host, List<GroupView> groups, boolean truncated, List<String> others) {}
