/**
 * A run's log as a folder of checksummed files, and back onto a broker. It copies bytes; it knows of the records only
 * what must change when they move: run names, schema ids and the places of weight chunks.
 */
@NullMarked
package dev.tracerl.ops.archive;

import org.jspecify.annotations.NullMarked;
