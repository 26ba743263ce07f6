/** The wire contract: topics, records and how they are written. */
@NullMarked
package dev.tracerl.schemas;

import org.jspecify.annotations.NullMarked;
