package dev.tracerl.reward.grouping;

import dev.tracerl.reward.port.Origin;
import dev.tracerl.schemas.avro.Trajectory;

/** A trajectory and where it came from. */
public record Incoming(Trajectory trajectory, Origin origin) {}
