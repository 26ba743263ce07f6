/**
 * From the rewards of one group to advantages, and the filter on how hard a group was.
 */
@NullMarked
package dev.tracerl.core.advantage;

import org.jspecify.annotations.NullMarked;
