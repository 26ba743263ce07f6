/**
 * Which groups are requested, and when: the capacity law, the order of the tasks, evaluations and the life of the run.
 * It knows the records of the contract and nothing of Kafka.
 */
@NullMarked
package dev.tracerl.reward.admission;

import org.jspecify.annotations.NullMarked;
