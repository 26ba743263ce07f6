/** Requests in: decodes and checks them at the door, holds them back when the engine is busy, and commits what is published. */
@NullMarked
package dev.tracerl.rollout.in;

import org.jspecify.annotations.NullMarked;
