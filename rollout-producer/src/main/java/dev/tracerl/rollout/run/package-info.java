/** What the assigned run asks of this service, and the refusal of what it cannot do. */
@NullMarked
package dev.tracerl.rollout.run;

import org.jspecify.annotations.NullMarked;
