/** Low-rank adapters: their settings, their tensors, their files in the layout of PEFT, and merging them into weights. */
@NullMarked
package dev.tracerl.model.adapter;

import org.jspecify.annotations.NullMarked;
