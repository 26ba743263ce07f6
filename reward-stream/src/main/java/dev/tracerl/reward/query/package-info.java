/** Answers questions about groups from the durable state. It changes nothing and knows nothing of HTTP. */
@NullMarked
package dev.tracerl.reward.query;

import org.jspecify.annotations.NullMarked;
