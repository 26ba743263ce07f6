/** The commands: they read options, call the stack, runs and demo, and print. */
@NullMarked
package dev.tracerl.ops.cli;

import org.jspecify.annotations.NullMarked;
