/** From LaTeX and plain notation, as models write them, to trees. Bounded in length and depth. */
@NullMarked
package dev.tracerl.verifiers.math.parse;

import org.jspecify.annotations.NullMarked;
