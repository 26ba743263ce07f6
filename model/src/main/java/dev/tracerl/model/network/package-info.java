/** The transformer: its configuration, its parameters and checkpoint files, and the program that computes it. */
@NullMarked
package dev.tracerl.model.network;

import org.jspecify.annotations.NullMarked;
