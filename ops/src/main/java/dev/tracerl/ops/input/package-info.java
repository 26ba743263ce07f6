/** What every command says of input that it cannot use. Must not know any command. */
@NullMarked
package dev.tracerl.ops.input;

import org.jspecify.annotations.NullMarked;
