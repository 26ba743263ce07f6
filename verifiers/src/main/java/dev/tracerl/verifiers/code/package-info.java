/**
 * The judge of programs. Untrusted code and the tests run in two sandboxes that exchange plain values through this
 * process; what decides is never where the code could reach it.
 */
@NullMarked
package dev.tracerl.verifiers.code;

import org.jspecify.annotations.NullMarked;
