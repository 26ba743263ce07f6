/** One trajectory, looked at step by step. Makes text and pages of records; reads no topics but to find them. */
@NullMarked
package dev.tracerl.ops.trace;

import org.jspecify.annotations.NullMarked;
