/** Judges files of responses with the verifiers on the class path; knows no broker. */
@NullMarked
package dev.tracerl.ops.verify;

import org.jspecify.annotations.NullMarked;
