/**
 * Judges of answers, one per kind of task, found with {@link java.util.ServiceLoader}. They know tasks and answers as
 * text, and nothing of models, topics or rewards.
 */
@NullMarked
package dev.tracerl.verifiers;

import org.jspecify.annotations.NullMarked;
