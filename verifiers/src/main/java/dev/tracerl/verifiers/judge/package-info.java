/** Asks a language model behind an OpenAI-compatible URL for scores. It knows HTTP and JSON, and nothing of the log. */
@NullMarked
package dev.tracerl.verifiers.judge;

import org.jspecify.annotations.NullMarked;
