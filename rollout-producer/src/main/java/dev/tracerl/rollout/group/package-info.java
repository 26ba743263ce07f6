/** A requested group on its way through the service: its prompt as tokens, its settings, its receipt. It knows no threads. */
@NullMarked
package dev.tracerl.rollout.group;

import org.jspecify.annotations.NullMarked;
