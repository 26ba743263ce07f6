/**
 * Layout of traced responses as rows a network can be evaluated on: tokens, positions, visibility, targets. Must not know losses beyond the weight of each target.
 */
@NullMarked
package dev.tracerl.core.pack;

import org.jspecify.annotations.NullMarked;
