/** Speed of the judges that need processes of their own. */
@NullMarked
package dev.tracerl.benchmarks.verifying;

import org.jspecify.annotations.NullMarked;
