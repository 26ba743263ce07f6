/** The walls between the modules; think before you move one. Each wall has a fixture that must not get through it. */
@NullMarked
package dev.tracerl.architecture;

import org.jspecify.annotations.NullMarked;
