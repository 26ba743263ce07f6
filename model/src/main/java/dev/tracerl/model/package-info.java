/** The network and its tensors; the only place that knows DJL. */
@NullMarked
package dev.tracerl.model;

import org.jspecify.annotations.NullMarked;
