/** The process: takes the run it is assigned to, runs the topology, reports health, and exits when it must. */
@NullMarked
package dev.tracerl.reward.service;

import org.jspecify.annotations.NullMarked;
