/**
 * Runs untrusted Python in processes that can do nothing but compute: a name space of their own for everything, a filter of
 * system calls, limits on every resource, and two pipes. It knows nothing of tests or verdicts.
 */
@NullMarked
package dev.tracerl.verifiers.sandbox;

import org.jspecify.annotations.NullMarked;
