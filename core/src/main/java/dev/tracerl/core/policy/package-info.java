/**
 * Rules about policy versions: how stale training data may be, how much work may be admitted, and whether recorded probabilities may be trusted.
 */
@NullMarked
package dev.tracerl.core.policy;

import org.jspecify.annotations.NullMarked;
