/** Completions over HTTP as OpenAI's clients ask for them: JSON in, JSON or server-sent events out. */
@NullMarked
package dev.tracerl.rollout.api;

import org.jspecify.annotations.NullMarked;
