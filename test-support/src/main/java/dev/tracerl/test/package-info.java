/** A broker and a registry for integration tests: real ones, each on a free port and in a directory of its own. */
@NullMarked
package dev.tracerl.test;

import org.jspecify.annotations.NullMarked;
