/** Health as an orchestrator asks for it. */
@NullMarked
package dev.tracerl.rollout.health;

import org.jspecify.annotations.NullMarked;
