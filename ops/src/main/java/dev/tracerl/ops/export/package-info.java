/** Writes a run's log as Parquet tables, each row once. Reads topics, writes files of one folder; knows no service. */
@NullMarked
package dev.tracerl.ops.export;

import org.jspecify.annotations.NullMarked;
