/**
 * The local stack: broker, registry and services as supervised child processes. Knows nothing of runs, and talks to the
 * children through their ports, their exit codes and their logs only.
 */
@NullMarked
package dev.tracerl.ops.stack;

import org.jspecify.annotations.NullMarked;
