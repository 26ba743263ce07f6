/** Records that could not be processed: what they are, and putting them back where they came from. */
@NullMarked
package dev.tracerl.ops.deadletters;

import org.jspecify.annotations.NullMarked;
