/** The engine: one thread that samples groups in batches and swaps weights between block rounds. It knows no topics. */
@NullMarked
package dev.tracerl.rollout.sample;

import org.jspecify.annotations.NullMarked;
