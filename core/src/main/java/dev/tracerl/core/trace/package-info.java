/**
 * The order in which a response was revealed, its shrinkage, and its slices: the sets of tokens revealed together. Must not know how slices are laid out for a network.
 */
@NullMarked
package dev.tracerl.core.trace;

import org.jspecify.annotations.NullMarked;
