/**
 * From trajectories to groups: checks, verdicts, the end of a group and its advantages. It knows the records of the
 * contract and nothing of Kafka.
 */
@NullMarked
package dev.tracerl.reward.grouping;

import org.jspecify.annotations.NullMarked;
