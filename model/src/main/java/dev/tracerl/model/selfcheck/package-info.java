/** Compares this build on a device with reference vectors; knows the files' format, changes nothing. */
@NullMarked
package dev.tracerl.model.selfcheck;

import org.jspecify.annotations.NullMarked;
