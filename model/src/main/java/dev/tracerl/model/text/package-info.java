/** Text to tokens and back; knows nothing of tensors. */
@NullMarked
package dev.tracerl.model.text;

import org.jspecify.annotations.NullMarked;
