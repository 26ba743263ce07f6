/** Access to the reference vectors in {@code src/test/resources/golden}, computed with the published TraceRL code. */
@NullMarked
package dev.tracerl.core.golden;

import org.jspecify.annotations.NullMarked;
