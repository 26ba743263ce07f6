/** Broker and registry for integration tests. */
@NullMarked
package dev.tracerl.test;

import org.jspecify.annotations.NullMarked;
