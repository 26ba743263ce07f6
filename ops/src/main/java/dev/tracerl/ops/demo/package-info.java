/** The demo: a warm-up and a TraceRL run on the local stack, shown, timed and summed up. */
@NullMarked
package dev.tracerl.ops.demo;

import org.jspecify.annotations.NullMarked;
