/** Finds the answer within a response: what is boxed, tagged or announced. It knows text only, and judges nothing. */
@NullMarked
package dev.tracerl.verifiers.text;

import org.jspecify.annotations.NullMarked;
