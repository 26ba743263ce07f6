/**
 * The worker for slow or dangerous checks: reads requests, asks verifiers, answers. It decides on no verdict and knows
 * nothing of groups.
 */
@NullMarked
package dev.tracerl.reward.worker;

import org.jspecify.annotations.NullMarked;
